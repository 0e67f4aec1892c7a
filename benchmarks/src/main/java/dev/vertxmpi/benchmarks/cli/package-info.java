/** The command {@code vertx-mpi bench}. */
package dev.vertxmpi.benchmarks.cli;
