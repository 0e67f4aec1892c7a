package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.Benchmark.Timing;
import java.util.List;

/**
 * One repetition of ours.
 *
 * @param timing of the slowest rank that counts
 * @param links that carried frames meanwhile
 * @param placement nanoseconds of a cache line from core to core; NaN where it is not known
 */
record Outcome(Timing timing, List<String> links, double placement) {
}
