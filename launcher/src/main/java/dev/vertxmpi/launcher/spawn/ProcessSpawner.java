package dev.vertxmpi.launcher.spawn;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.SpawnProvider;
import dev.vertxmpi.spi.SpawnedJob;
import java.io.IOException;

/** Starts a launcher for the ranks that are spawned. */
public final class ProcessSpawner implements SpawnProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ProcessSpawner() {
  }

  @Override
  public SpawnedJob start(Request request) {
    try {
      return SpawnProcess.start(request);
    } catch (IOException e) {
      throw new MpiException(ErrorClass.SPAWN, "the launcher of the children cannot be started: " + e.getMessage(), e);
    }
  }
}
