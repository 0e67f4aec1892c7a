package dev.vertxmpi.launcher.job;

/** Ends a job with the JVM of its launcher: kills what is left of it and removes its files. */
final class Backstop {

  private final Thread hook;

  private Backstop(Thread hook) {
    this.hook = hook;
  }

  /** Puts it up. */
  static Backstop of(RankProcesses processes, JobFiles files) {
    Thread hook = new Thread(() -> {
      processes.kill();
      files.close();
    }, "vertx-mpi-backstop");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Backstop(hook);
  }

  /** The job has ended by itself. */
  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down: the hook has run or will find nothing to do.
      return;
    }
  }
}
