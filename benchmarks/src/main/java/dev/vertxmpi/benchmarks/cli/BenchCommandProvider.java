package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.launcher.CommandProvider;

/** Adds {@code bench} to {@code vertx-mpi}. */
public final class BenchCommandProvider implements CommandProvider {

  /** For the service loader. */
  public BenchCommandProvider() {
  }

  @Override
  public Object command() {
    return new BenchCommand();
  }
}
