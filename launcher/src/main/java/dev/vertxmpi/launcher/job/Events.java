package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobEvent;
import dev.vertxmpi.launcher.JobEvent.Kind;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells what happens to a job.
 *
 * @param handler of the user, not trusted
 */
record Events(Consumer<JobEvent> handler) {

  void tell(Kind kind, List<Integer> ranks, String text) {
    try {
      handler.accept(new JobEvent(kind, ranks, text));
    } catch (RuntimeException e) {
      // A handler that fails must not keep the job from ending.
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.WARNING, "an event handler has failed", e);
    }
  }
}
