package dev.vertxmpi.launcher.job;

import java.util.Map;

/** Says how a process ended. */
final class ExitStatus {

  /** What shells and the JDK add to the number of a signal. */
  static final int SIGNAL_BASE = 128;

  private static final Map<Integer, String> SIGNALS = Map.ofEntries(
      Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"), Map.entry(3, "SIGQUIT"), Map.entry(4, "SIGILL"),
      Map.entry(5, "SIGTRAP"), Map.entry(6, "SIGABRT"), Map.entry(7, "SIGBUS"), Map.entry(8, "SIGFPE"),
      Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"), Map.entry(13, "SIGPIPE"), Map.entry(14, "SIGALRM"),
      Map.entry(15, "SIGTERM"));

  private ExitStatus() {
  }

  /** A sentence such as {@code rank 2 died: killed by signal 9 (SIGKILL)}. */
  static String sentence(int rank, int code) {
    String signal = SIGNALS.get(code - SIGNAL_BASE);
    return signal == null
        ? "rank " + rank + " exited with code " + code
        : "rank " + rank + " died: killed by signal " + (code - SIGNAL_BASE) + " (" + signal + ")";
  }
}
