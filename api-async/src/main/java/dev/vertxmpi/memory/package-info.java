/**
 * Memory that messages, windows and files work on.
 *
 * <p>{@link dev.vertxmpi.memory.Memory} is a piece of it, of any {@linkplain dev.vertxmpi.memory.MemoryKind kind}:
 * allocated by the library or wrapped. A {@link dev.vertxmpi.memory.MessageBuffer} is elements of a datatype in it, and
 * {@link dev.vertxmpi.memory.Blocks} are one such buffer for each rank. A buffer belongs to the library from a call
 * until its Future settles.
 */
package dev.vertxmpi.memory;
