package dev.vertxmpi.runtime.node;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a process that leaves says so to those with whom it has no link: making links for a goodbye would cost more than
 * many a job does. What is heard is believed, so only processes of the job may be able to say it.
 */
public interface Farewells {

  /**
   * A process has left.
   *
   * @param process which
   * @param told nodes that hear it over their links, behind all that was sent to them: what others say comes too early
   */
  record Farewell(ProcessId process, Set<NodeId> told) {

    /** Copies what is given. */
    public Farewell {
      told = Set.copyOf(told);
    }
  }

  /**
   * Says it to all processes of the job.
   *
   * @param farewell of a process that is here
   * @return settles when it is on its way to all, or cannot be said; succeeds always
   */
  Future<Void> say(Farewell farewell);

  /**
   * Listens.
   *
   * @param listener gets what was said before too, on any thread
   */
  void hear(Consumer<Farewell> listener);
}
