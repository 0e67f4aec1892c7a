package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobEvent.Kind;
import java.time.Duration;
import java.util.List;

/**
 * How the ranks that are left are ended, with more force at each step.
 *
 * <pre>
 *                        1 s           2 s
 *   a rank has failed ---------> TERM ---------> KILL
 *   it cannot be started ------> TERM ---------> KILL
 *   a signal ------------> that signal --- 5 s --> KILL
 * </pre>
 *
 * <p>Confined to the job's thread.
 */
final class Ending {

  /** For ranks to notice for themselves. */
  private static final Duration NOTICE = Duration.ofSeconds(1);
  private static final Duration AFTER_TERM = Duration.ofSeconds(2);
  private static final Duration AFTER_SIGNAL = Duration.ofSeconds(5);

  private final JobThread thread;
  private final Roll roll;
  private final RankProcesses processes;
  private final Events events;
  private boolean begun;

  Ending(JobThread thread, Roll roll, RankProcesses processes, Events events) {
    this.thread = thread;
    this.roll = roll;
    this.processes = processes;
    this.events = events;
  }

  boolean hasBegun() {
    return begun;
  }

  /** A rank has failed: the others may notice for themselves first. */
  void afterNotice() {
    begin(NOTICE);
  }

  /** There is nothing to notice. */
  void now() {
    begin(Duration.ZERO);
  }

  private void begin(Duration notice) {
    begun = true;
    thread.postAfter(notice, () -> {
      tell();
      processes.signal(Signals.SIGTERM);
    });
    thread.postAfter(notice.plus(AFTER_TERM), processes::kill);
  }

  /** Whoever has started the job ends it. */
  void by(int signal) {
    begun = true;
    tell();
    processes.signal(signal);
    thread.postAfter(AFTER_SIGNAL, processes::kill);
  }

  private void tell() {
    List<Integer> left = roll.running();
    if (!left.isEmpty()) {
      events.tell(Kind.ENDING, left, "ending " + Ranks.text(left));
    }
  }
}
