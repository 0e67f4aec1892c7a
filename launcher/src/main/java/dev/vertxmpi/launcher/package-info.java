/**
 * The command {@code vertx-mpi}: it starts the JVMs of a job on this host, runs name servers, and tells what it
 * finds. It is the one module that sees all others.
 */
package dev.vertxmpi.launcher;
