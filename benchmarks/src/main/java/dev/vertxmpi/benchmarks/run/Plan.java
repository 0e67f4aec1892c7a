package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.rank.BufferKind;
import dev.vertxmpi.benchmarks.rank.WaitStyle;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to measure and how.
 *
 * @param benchmark which
 * @param sizes of messages in bytes
 * @param ranks how many
 * @param inJvm whether they are verticles of one JVM
 * @param links that they may use; empty to leave it to them
 * @param buffers what they send
 * @param style how they wait
 * @param window messages under way at once
 * @param repetitions how often each figure is measured
 * @param warmUp before the first repetition of each size
 * @param measure how long each repetition takes
 * @param peers compared with, by name
 * @param environment further variables of the ranks
 * @param jvmOptions further options of the ranks' JVMs
 */
public record Plan(Benchmark benchmark, List<Long> sizes, int ranks, boolean inJvm, List<String> links,
    BufferKind buffers, WaitStyle style, int window, int repetitions, Duration warmUp, Duration measure,
    List<String> peers, Map<String, String> environment, List<String> jvmOptions) {
}
