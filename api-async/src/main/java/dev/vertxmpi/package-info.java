/**
 * MPI for the JVM: ranks, communicators, messages and collectives.
 *
 * <p>Begin with {@link dev.vertxmpi.Mpi}, which gives a rank, or {@link dev.vertxmpi.MpiJob}, which makes several in
 * one JVM. Every operation returns a Vert.x {@link io.vertx.core.Future}, and every such Future settles. Operations
 * come in two forms: the easy one takes and gives values, the exact one moves a
 * {@link dev.vertxmpi.memory.MessageBuffer} without a copy. Errors are {@link dev.vertxmpi.MpiException}s.
 */
package dev.vertxmpi;
