package dev.vertxmpi.launcher.job;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who of a job has started, joined and ended. Not thread-safe. */
final class Roll {

  /** A job that gathers without a pause this long needs no word. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final int size;
  private final BitSet started = new BitSet();
  private final BitSet joined = new BitSet();
  private final BitSet ended = new BitSet();
  private long lastStep = System.nanoTime();
  private List<Integer> reported = List.of();

  Roll(int size) {
    this.size = size;
  }

  void started(int rank) {
    started.set(rank);
    lastStep = System.nanoTime();
  }

  void joined(int rank) {
    joined.set(rank);
    lastStep = System.nanoTime();
  }

  void ended(int rank) {
    ended.set(rank);
  }

  boolean isRunning(int rank) {
    return started.get(rank) && !ended.get(rank);
  }

  boolean allJoined() {
    return joined.cardinality() == size;
  }

  List<Integer> all() {
    return IntStream.range(0, size).boxed().toList();
  }

  List<Integer> running() {
    return IntStream.range(0, size).filter(this::isRunning).boxed().toList();
  }

  /** Who runs and has not joined. */
  List<Integer> awaited() {
    return IntStream.range(0, size).filter(rank -> isRunning(rank) && !joined.get(rank)).boxed().toList();
  }

  /** Who has ended without joining, where others have joined and wait. */
  List<Integer> strays() {
    boolean somebodyWaits = IntStream.range(0, size).anyMatch(rank -> joined.get(rank) && isRunning(rank));
    return somebodyWaits
        ? IntStream.range(0, size).filter(rank -> ended.get(rank) && !joined.get(rank)).boxed().toList()
        : List.of();
  }

  /** Who should be named now, because nobody has come for a while; the same ranks only once. */
  Optional<List<Integer>> overdue() {
    List<Integer> awaited = awaited();
    if (awaited.isEmpty() || awaited.equals(reported) || System.nanoTime() - lastStep < PATIENCE.toNanos()) {
      return Optional.empty();
    }
    reported = awaited;
    return Optional.of(awaited);
  }
}
