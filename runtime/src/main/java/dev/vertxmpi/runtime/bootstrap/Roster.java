package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Who of a job has come so far. Not thread-safe. */
final class Roster {

  /** Of a long list of ranks, only so many are named. */
  private static final int MOST_NAMED = 20;

  private record Entry(ProcessId process, NodeAddress address) {
  }

  private final UUID job;
  private final int size;
  private final TreeMap<Integer, Entry> entries = new TreeMap<>();

  Roster(UUID job, int size) {
    this.job = job;
    this.size = size;
  }

  /**
   * Enters a rank. False where it is there already, from the same node.
   *
   * @throws MpiException where the rank cannot be one of this job
   */
  boolean enter(ProcessId process, NodeAddress address) {
    if (!process.job().equals(job) || process.rank() < 0 || process.rank() >= size) {
      throw new MpiException(ErrorClass.RANK, process + " is no rank of the job " + job + " of " + size);
    }
    Entry entry = new Entry(process, address);
    Entry before = entries.putIfAbsent(process.rank(), entry);
    if (before != null && !before.equals(entry)) {
      throw new MpiException(ErrorClass.RANK,
          "rank " + process.rank() + " has joined already, as " + before.process() + " from another node");
    }
    return before == null;
  }

  int size() {
    return size;
  }

  boolean isComplete() {
    return entries.size() == size;
  }

  boolean isMissing(int rank) {
    return !entries.containsKey(rank);
  }

  List<Integer> missing() {
    return IntStream.range(0, size).filter(rank -> !entries.containsKey(rank)).boxed().toList();
  }

  /** Only where it is complete. */
  Places places() {
    return new Places(new Group(entries.values().stream().map(Entry::process).toList()),
        entries.values().stream().map(Entry::address).toList());
  }

  /** What to say when time is up. */
  static MpiException late(List<Integer> missing, long millis) {
    String more = missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "";
    String named = missing.subList(0, Math.min(missing.size(), MOST_NAMED)).toString() + more;
    return new MpiException(ErrorClass.TIMEOUT,
        (missing.isEmpty() ? "the roster of the job did not come" : "the ranks " + named + " have not joined")
            + " within " + millis + " ms");
  }
}
