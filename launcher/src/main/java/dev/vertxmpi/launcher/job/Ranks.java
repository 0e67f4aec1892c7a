package dev.vertxmpi.launcher.job;

import java.util.List;
import java.util.stream.Collectors;

/** Ranks in sentences. */
final class Ranks {

  private static final int NAMED = 16;

  private Ranks() {
  }

  /** {@code rank 3} or {@code ranks 2, 3}; of very many, the first. */
  static String text(List<Integer> ranks) {
    if (ranks.size() == 1) {
      return "rank " + ranks.getFirst();
    }
    String named = ranks.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    return "ranks " + named + (ranks.size() > NAMED ? " and " + (ranks.size() - NAMED) + " more" : "");
  }
}
