/** The commands of {@code vertx-mpi}, for picocli. */
package dev.vertxmpi.launcher.cli;
