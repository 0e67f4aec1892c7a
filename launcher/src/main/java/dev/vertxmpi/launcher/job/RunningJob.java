package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobEvent.Kind;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A job from its start to its end. Everything happens on one thread of its own:
 *
 * <pre>
 *   files -> gathering -> processes -> (waiting, joined)
 *                                         |
 *                            a rank fails +----> FAILED -----.
 *                    signal, cannot start +------------------+--> {@link Ending}
 *                            all ended    +----> last lines -> gathering closed -> files removed -> exit
 * </pre>
 */
public final class RunningJob implements Job {

  private static final Duration LAST_LINES = Duration.ofSeconds(1);
  private static final Duration GATHERING_CLOSE = Duration.ofSeconds(3);

  private final UUID id = UUID.randomUUID();
  private final JobSpec spec;
  private final Gathering.Host host;
  private final JobThread thread = new JobThread();
  private final RankProcesses processes = new RankProcesses();
  private final Events events;
  private final Promise<Integer> exit = Promise.promise();

  // From here on: touched by the job's thread alone.
  private final Roll roll;
  private final Ending ending;
  private final Attendance attendance;
  private JobFiles files;
  private Backstop backstop;
  private Gathering gathering;
  private int exitCode;
  private LauncherException startFailure;

  private RunningJob(JobSpec spec, Gathering.Host host) {
    this.spec = spec;
    this.host = host;
    this.events = new Events(spec.getEventHandler());
    this.roll = new Roll(spec.totalRanks());
    this.ending = new Ending(thread, roll, processes, events);
    this.attendance = new Attendance(thread, roll, ending, events, (ranks, text) -> fail(ranks, 1, text));
  }

  /**
   * Starts a job.
   *
   * @param spec what to start
   * @param host begins the gathering
   * @return the job, at once
   */
  static RunningJob begin(JobSpec spec, Gathering.Host host) {
    RunningJob job = new RunningJob(spec, host);
    job.thread.post(job::open);
    return job;
  }

  /**
   * Starts a job whose ranks meet at a roster of this JVM.
   *
   * @param spec what to start
   * @return the job, at once
   */
  public static Job start(JobSpec spec) {
    return begin(spec, LauncherGathering::open);
  }

  private void open() {
    try {
      ClassCheck.check(spec);
      files = JobFiles.create(id);
      if (spec.getFamily().isPresent()) {
        files.keepParent(spec.getFamily().get().parent());
      }
      backstop = Backstop.of(processes, files);
    } catch (LauncherException e) {
      failStart(e);
      return;
    } catch (IOException e) {
      failStart(new LauncherException("the files of the job cannot be made: " + e, 1, e));
      return;
    }
    host.open(spec, id, files.secret(), rank -> thread.post(() -> joined(rank)))
        .onComplete(outcome -> thread.post(() -> opened(outcome)));
  }

  private void opened(AsyncResult<Gathering> outcome) {
    gathering = outcome.result();
    if (outcome.failed()) {
      failStart(new LauncherException("the job's roster or cluster cannot be started: "
          + outcome.cause().getMessage(), 1, outcome.cause()));
    } else if (ending.hasBegun()) {
      finish();
    } else {
      startRanks();
    }
  }

  private void failStart(LauncherException failure) {
    startFailure = failure;
    ending.now();
    finishIfAllEnded();
  }

  private void startRanks() {
    for (int rank = 0; rank < spec.totalRanks(); rank++) {
      try {
        int own = rank;
        RankProcess process = RankProcess.start(spec, rank,
            environment -> Variables.apply(environment, spec, id, own, gathering, files));
        processes.add(process);
        roll.started(rank);
        events.tell(Kind.STARTED, List.of(rank), "rank " + rank + " is process " + process.pid());
      } catch (IOException e) {
        failStart(new LauncherException("rank " + rank + " cannot be started: " + e.getMessage(), 1, e));
        break;
      }
    }
    for (RankProcess process : processes.all()) {
      var _ = process.exit().whenComplete((code, e) -> thread.post(() -> ended(process.rank(), code)));
    }
    if (!ending.hasBegun()) {
      attendance.watch(spec.getJoinTimeout());
    }
  }

  private void joined(int rank) {
    roll.joined(rank);
    if (roll.allJoined()) {
      files.removeSecrets();
      events.tell(Kind.JOINED, roll.all(), "all ranks have joined");
    }
    attendance.checkForStrays();
  }

  private void ended(int rank, int code) {
    roll.ended(rank);
    if (code == 0) {
      events.tell(Kind.ENDED, List.of(rank), "rank " + rank + " has ended");
      attendance.checkForStrays();
    } else if (ending.hasBegun()) {
      events.tell(Kind.FOLLOWED, List.of(rank), ExitStatus.sentence(rank, code));
    } else {
      fail(List.of(rank), code, ExitStatus.sentence(rank, code));
    }
    finishIfAllEnded();
  }

  private void fail(List<Integer> ranks, int code, String text) {
    exitCode = code;
    events.tell(Kind.FAILED, ranks, text);
    ending.afterNotice();
  }

  @Override
  public void signal(int signal) {
    thread.post(() -> {
      if (ending.hasBegun()) {
        processes.kill();
      } else {
        exitCode = ExitStatus.SIGNAL_BASE + signal;
        ending.by(signal);
        finishIfAllEnded();
      }
    });
  }

  private void finishIfAllEnded() {
    // Where the gathering is still being opened, its result comes back here.
    if (processes.all().stream().noneMatch(process -> roll.isRunning(process.rank()))
        && (gathering != null || startFailure != null)) {
      finish();
    }
  }

  private void finish() {
    thread.finish();
    processes.awaitOutput(LAST_LINES);
    Future<Void> left = gathering == null ? Future.succeededFuture()
        : gathering.close().timeout(GATHERING_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    left.onComplete(closed -> thread.last(this::settle));
  }

  private void settle() {
    processes.clear();
    if (files != null) {
      files.close();
    }
    if (backstop != null) {
      backstop.remove();
    }
    thread.end();
    if (startFailure != null) {
      exit.fail(startFailure);
    } else {
      exit.complete(exitCode);
    }
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public Future<Integer> exit() {
    return exit.future();
  }

  @Override
  public Map<Integer, Long> processes() {
    return processes.alive();
  }

  @Override
  public Future<Void> close() {
    signal(Signals.SIGTERM);
    return exit().mapEmpty().recover(e -> Future.succeededFuture()).mapEmpty();
  }
}
