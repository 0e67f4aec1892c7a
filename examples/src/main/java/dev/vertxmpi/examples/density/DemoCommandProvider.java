package dev.vertxmpi.examples.density;

import dev.vertxmpi.launcher.CommandProvider;

/** Adds {@code demo} to {@code vertx-mpi}. */
public final class DemoCommandProvider implements CommandProvider {

  /** For the service loader. */
  public DemoCommandProvider() {
  }

  @Override
  public Object command() {
    return new DemoCommand();
  }
}
