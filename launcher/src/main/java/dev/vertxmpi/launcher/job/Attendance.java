package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobEvent.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Sees to it that the ranks of a job call {@code Mpi.init}. Confined to the job's thread. */
final class Attendance {

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final JobThread thread;
  private final Roll roll;
  private final Ending ending;
  private final Events events;
  private final BiConsumer<List<Integer>, String> onFailure;

  Attendance(JobThread thread, Roll roll, Ending ending, Events events,
      BiConsumer<List<Integer>, String> onFailure) {
    this.thread = thread;
    this.roll = roll;
    this.ending = ending;
    this.events = events;
    this.onFailure = onFailure;
  }

  /** All ranks were started: names those that are waited for, and fails them where there is a limit. */
  void watch(Optional<Duration> joinTimeout) {
    thread.postEvery(PERIOD, this::nameOverdue);
    joinTimeout.ifPresent(limit -> thread.postAfter(limit, () -> failLate(limit)));
  }

  private void nameOverdue() {
    if (!ending.hasBegun()) {
      roll.overdue().ifPresent(late ->
          events.tell(Kind.WAITING, late, "waiting for " + Ranks.text(late) + " to call Mpi.init"));
    }
  }

  private void failLate(Duration limit) {
    List<Integer> late = roll.awaited();
    if (!ending.hasBegun() && !late.isEmpty()) {
      onFailure.accept(late, Ranks.text(late) + (late.size() == 1 ? " has" : " have")
          + " not called Mpi.init within " + limit.toMillis() / 1000.0 + " s");
    }
  }

  /** Ranks that have joined would wait for ever for one that has ended without joining. */
  void checkForStrays() {
    List<Integer> strays = roll.strays();
    if (!ending.hasBegun() && !strays.isEmpty()) {
      onFailure.accept(strays, Ranks.text(strays) + " ended without calling Mpi.init, and other ranks wait for it");
    }
  }
}
