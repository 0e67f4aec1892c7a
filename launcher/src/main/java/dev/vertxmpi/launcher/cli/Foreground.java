package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.launcher.Job;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** Waits, on the command's own thread, for what goes on elsewhere. */
final class Foreground {

  private Foreground() {
  }

  /** Waits for a job and passes on the signals that this process gets meanwhile. */
  static int run(Job job) throws Exception {
    try (SignalTrap _ = SignalTrap.set(job::signal)) {
      return await(job.exit());
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
