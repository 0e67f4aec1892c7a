/**
 * One-sided communication: memory of each rank that the others read, write and update.
 *
 * <p>A {@link dev.vertxmpi.rma.Window} is made by all ranks of a communicator together, from
 * {@link dev.vertxmpi.rma.WindowOptions}. Operations happen in epochs, between fences or under a lock. The owner of the
 * memory need not take part in them.
 */
package dev.vertxmpi.rma;
