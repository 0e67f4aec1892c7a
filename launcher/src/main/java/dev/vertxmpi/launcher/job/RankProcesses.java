package dev.vertxmpi.launcher.job;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The processes of a job that were started, by rank. Thread-safe. */
final class RankProcesses {

  private final Map<Integer, RankProcess> processes = new ConcurrentHashMap<>();

  void add(RankProcess process) {
    processes.put(process.rank(), process);
  }

  Collection<RankProcess> all() {
    return processes.values();
  }

  /** The process ids of those that live, by rank. */
  Map<Integer, Long> alive() {
    Map<Integer, Long> pids = new TreeMap<>();
    processes.forEach((rank, process) -> {
      if (process.isAlive()) {
        pids.put(rank, process.pid());
      }
    });
    return pids;
  }

  void signal(int number) {
    processes.values().forEach(process -> process.signal(number));
  }

  /** Kills all, and what they have started. */
  void kill() {
    processes.values().forEach(RankProcess::kill);
  }

  /** Waits until the last lines are handed over, for all together no longer than that. */
  void awaitOutput(Duration most) {
    long limit = System.nanoTime() + most.toNanos();
    try {
      for (RankProcess process : processes.values()) {
        process.awaitOutput(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All have ended. */
  void clear() {
    processes.clear();
  }
}
