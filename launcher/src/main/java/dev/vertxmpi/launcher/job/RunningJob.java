package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobEvent;
import dev.vertxmpi.launcher.JobEvent.Kind;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A job from its start to its end. Everything happens on one thread of its own:
 *
 * <pre>
 *   files -> gathering -> processes -> (waiting, joined)
 *                                         |                 1 s           2 s
 *                            a rank fails +----> FAILED ---------> TERM ---------> KILL
 *                            signal       +----> that signal ------------- 5 s --> KILL
 *                            all ended    +----> last lines -> gathering closed -> files removed -> exit
 * </pre>
 */
public final class RunningJob implements Job {

  private static final Duration NOTICE = Duration.ofSeconds(1);
  private static final Duration AFTER_TERM = Duration.ofSeconds(2);
  private static final Duration AFTER_SIGNAL = Duration.ofSeconds(5);
  private static final Duration LAST_LINES = Duration.ofSeconds(1);
  private static final Duration GATHERING_CLOSE = Duration.ofSeconds(3);

  private final UUID id = UUID.randomUUID();
  private final JobSpec spec;
  private final Gathering.Host host;
  private final ScheduledThreadPoolExecutor thread;
  private final Promise<Integer> exit = Promise.promise();
  private final Map<Integer, RankProcess> processes = new ConcurrentHashMap<>();
  private final Thread backstop = new Thread(this::killAll, "vertx-mpi-backstop");

  // From here on: touched by the job's thread alone.
  private final Roll roll;
  private volatile JobFiles files;
  private Gathering gathering;
  private int exitCode;
  private LauncherException startFailure;
  private boolean ending;
  private boolean finished;

  private RunningJob(JobSpec spec, Gathering.Host host) {
    this.spec = spec;
    this.host = host;
    this.roll = new Roll(spec.totalRanks());
    this.thread = new ScheduledThreadPoolExecutor(1, task -> {
      Thread made = new Thread(task, "vertx-mpi-job");
      made.setDaemon(true);
      return made;
    }, new ThreadPoolExecutor.DiscardPolicy());
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
    job.post(job::open);
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

  /** Does something on the job's thread; nothing, once the job has ended. */
  private void post(Runnable task) {
    thread.execute(() -> {
      if (!finished) {
        task.run();
      }
    });
  }

  private void postAfter(Duration delay, Runnable task) {
    var _ = thread.schedule(() -> post(task), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void open() {
    try {
      ClassCheck.check(spec);
      files = JobFiles.create(id);
      if (spec.getFamily().isPresent()) {
        files.keepParent(spec.getFamily().get().parent());
      }
      Runtime.getRuntime().addShutdownHook(backstop);
    } catch (LauncherException e) {
      failStart(e);
      return;
    } catch (IOException e) {
      failStart(new LauncherException("the files of the job cannot be made: " + e, 1, e));
      return;
    }
    host.open(spec, id, files.secret(), rank -> post(() -> joined(rank))).onComplete(opened -> post(() -> {
      gathering = opened.result();
      if (opened.failed()) {
        failStart(new LauncherException("the job's roster or cluster cannot be started: "
            + opened.cause().getMessage(), 1, opened.cause()));
      } else if (ending) {
        finish();
      } else {
        startRanks();
      }
    }));
  }

  private void failStart(LauncherException failure) {
    startFailure = failure;
    endRest(Duration.ZERO);
    finishIfAllEnded();
  }

  private void startRanks() {
    for (int rank = 0; rank < spec.totalRanks(); rank++) {
      try {
        int own = rank;
        RankProcess process = RankProcess.start(spec, rank,
            environment -> Variables.apply(environment, spec, id, own, gathering, files));
        processes.put(rank, process);
        roll.started(rank);
        tell(Kind.STARTED, List.of(rank), "rank " + rank + " is process " + process.pid());
      } catch (IOException e) {
        failStart(new LauncherException("rank " + rank + " cannot be started: " + e.getMessage(), 1, e));
        break;
      }
    }
    for (RankProcess process : processes.values()) {
      var _ = process.exit().whenComplete((code, e) -> post(() -> ended(process.rank(), code)));
    }
    if (!ending) {
      watchTheRoll();
    }
  }

  private void watchTheRoll() {
    var _ = thread.scheduleWithFixedDelay(() -> post(this::lookAtTheRoll), 250, 250, TimeUnit.MILLISECONDS);
    spec.getJoinTimeout().ifPresent(limit -> postAfter(limit, () -> {
      List<Integer> late = roll.awaited();
      if (!ending && !late.isEmpty()) {
        fail(late, 1, Ranks.text(late) + (late.size() == 1 ? " has" : " have") + " not called Mpi.init within "
            + limit.toMillis() / 1000.0 + " s");
      }
    }));
  }

  private void lookAtTheRoll() {
    if (!ending) {
      roll.overdue().ifPresent(late ->
          tell(Kind.WAITING, late, "waiting for " + Ranks.text(late) + " to call Mpi.init"));
    }
  }

  private void joined(int rank) {
    roll.joined(rank);
    if (roll.allJoined()) {
      files.removeSecrets();
      tell(Kind.JOINED, roll.all(), "all ranks have joined");
    }
    checkForStrays();
  }

  /** Ranks that have joined would wait for ever for one that has ended without joining. */
  private void checkForStrays() {
    List<Integer> strays = roll.strays();
    if (!ending && !strays.isEmpty()) {
      fail(strays, 1, Ranks.text(strays) + " ended without calling Mpi.init, and other ranks wait for it");
    }
  }

  private void ended(int rank, int code) {
    roll.ended(rank);
    if (code == 0) {
      tell(Kind.ENDED, List.of(rank), "rank " + rank + " has ended");
      checkForStrays();
    } else if (ending) {
      tell(Kind.FOLLOWED, List.of(rank), ExitStatus.sentence(rank, code));
    } else {
      fail(List.of(rank), code, ExitStatus.sentence(rank, code));
    }
    finishIfAllEnded();
  }

  private void fail(List<Integer> ranks, int code, String text) {
    exitCode = code;
    tell(Kind.FAILED, ranks, text);
    endRest(NOTICE);
  }

  /** Ends the ranks that are left: first they may notice for themselves, then they are told, then killed. */
  private void endRest(Duration notice) {
    ending = true;
    postAfter(notice, () -> {
      tellEnding();
      processes.values().forEach(process -> process.signal(Signals.SIGTERM));
    });
    postAfter(notice.plus(AFTER_TERM), this::killAll);
  }

  private void tellEnding() {
    List<Integer> left = roll.running();
    if (!left.isEmpty()) {
      tell(Kind.ENDING, left, "ending " + Ranks.text(left));
    }
  }

  private void killAll() {
    processes.values().forEach(RankProcess::kill);
    JobFiles toRemove = files;
    if (Thread.currentThread().equals(backstop) && toRemove != null) {
      toRemove.close();
    }
  }

  @Override
  public void signal(int signal) {
    post(() -> {
      if (ending) {
        killAll();
        return;
      }
      ending = true;
      exitCode = ExitStatus.SIGNAL_BASE + signal;
      tellEnding();
      processes.values().forEach(process -> process.signal(signal));
      postAfter(AFTER_SIGNAL, this::killAll);
      finishIfAllEnded();
    });
  }

  private void finishIfAllEnded() {
    // Where the gathering is still being opened, its result comes back here.
    if (processes.values().stream().noneMatch(process -> roll.isRunning(process.rank()))
        && (gathering != null || startFailure != null)) {
      finish();
    }
  }

  private void finish() {
    finished = true;
    long limit = System.nanoTime() + LAST_LINES.toNanos();
    try {
      for (RankProcess process : processes.values()) {
        process.awaitOutput(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Future<Void> left = gathering == null ? Future.succeededFuture()
        : gathering.close().timeout(GATHERING_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    left.onComplete(closed -> thread.execute(this::settle));
  }

  private void settle() {
    processes.clear();
    if (files != null) {
      files.close();
      removeBackstop();
    }
    thread.shutdown();
    if (startFailure != null) {
      exit.fail(startFailure);
    } else {
      exit.complete(exitCode);
    }
  }

  private void removeBackstop() {
    try {
      Runtime.getRuntime().removeShutdownHook(backstop);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook has run or will find nothing to do.
      return;
    }
  }

  private void tell(Kind kind, List<Integer> ranks, String text) {
    try {
      spec.getEventHandler().accept(new JobEvent(kind, ranks, text));
    } catch (RuntimeException e) {
      // A handler that fails must not keep the job from ending.
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.WARNING, "an event handler has failed", e);
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
    Map<Integer, Long> pids = new TreeMap<>();
    processes.forEach((rank, process) -> {
      if (process.isAlive()) {
        pids.put(rank, process.pid());
      }
    });
    return pids;
  }

  @Override
  public Future<Void> close() {
    signal(Signals.SIGTERM);
    return exit().mapEmpty().recover(e -> Future.succeededFuture()).mapEmpty();
  }
}
