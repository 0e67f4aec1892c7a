package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.program.ManyRanks;
import dev.vertxmpi.benchmarks.program.Service;
import dev.vertxmpi.benchmarks.rank.BufferKind;
import dev.vertxmpi.benchmarks.rank.WaitStyle;
import dev.vertxmpi.benchmarks.result.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole record: what is measured, and how, for a page of figures that can be made again. */
public final class Suite {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLE = Duration.ofSeconds(4);
  /** Our ranks begin slowly: compilers and ranks share the cores. */
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int WINDOW = 64;

  private final List<String> peers;
  private final int repetitions;
  private final Duration time;
  private final List<Plan> plans = new ArrayList<>();

  /**
   * Nothing is measured yet.
   *
   * @param peers those that are installed
   * @param repetitions of each figure
   * @param time that each repetition takes
   */
  public Suite(List<String> peers, int repetitions, Duration time) {
    this.peers = peers;
    this.repetitions = repetitions;
    this.time = time;
  }

  /**
   * What ranks measure against each other.
   *
   * @return in the order of the record
   */
  public List<Plan> plans() {
    List<Long> short3 = List.of(8L, 64L << 10, 1L << 20);
    messages(Benchmark.LATENCY, "shm", Benchmark.LATENCY.sizes(), BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    messages(Benchmark.LATENCY, "shm", short3, BufferKind.ARRAY, WaitStyle.CALLBACK);
    messages(Benchmark.LATENCY, "shm", List.of(8L), BufferKind.SHAREABLE, WaitStyle.AWAIT);
    messages(Benchmark.BW, "shm", Benchmark.BW.sizes(), BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    messages(Benchmark.BIBW, "shm", List.of(64L << 10, 1L << 20), BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    messages(Benchmark.MBW_MR, "shm", List.of(8L), BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    barrier(2, "shm", Map.of(), peers);
    barrier(4, "shm", Map.of(), peers);
    // Only the one whose waiting ranks yield: the other needs milliseconds where ranks outnumber cores.
    List<String> yielding = peers.stream().filter("openmpi"::equals).toList();
    barrier(8, "shm", Map.of(), yielding);
    barrier(8, "shm", Map.of("VERTX_MPI_SPIN", "off"), yielding);
    messages(Benchmark.LATENCY, "tcp", short3, BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    messages(Benchmark.BW, "tcp", List.of(64L << 10, 1L << 20), BufferKind.SHAREABLE, WaitStyle.CALLBACK);
    barrier(2, "tcp", Map.of(), peers);
    add(Benchmark.LATENCY, "bus", 2, List.of(8L, 64L << 10), BufferKind.SHAREABLE, WaitStyle.CALLBACK, Map.of(),
        List.of());
    add(Benchmark.LATENCY, "local", 2, short3, BufferKind.SHAREABLE, WaitStyle.CALLBACK, Map.of(), List.of());
    return List.copyOf(plans);
  }

  private void messages(Benchmark benchmark, String link, List<Long> sizes, BufferKind buffers, WaitStyle style) {
    add(benchmark, link, 2, sizes, buffers, style, Map.of(), peers);
  }

  private void barrier(int ranks, String link, Map<String, String> environment, List<String> beside) {
    add(Benchmark.BARRIER, link, ranks, Benchmark.BARRIER.sizes(), BufferKind.SHAREABLE, WaitStyle.CALLBACK,
        environment, beside);
  }

  private void add(Benchmark benchmark, String link, int ranks, List<Long> sizes, BufferKind buffers, WaitStyle style,
      Map<String, String> environment, List<String> beside) {
    // JVMs that share cores need so much longer until their compilers are done.
    Duration warmUp = WARM_UP.multipliedBy(Math.max(1, ranks / 2));
    plans.add(new Plan(benchmark, sizes, ranks, link.equals("local"), List.of(link), buffers, style, WINDOW,
        repetitions, warmUp, time, beside, environment, List.of()));
  }

  /**
   * Many ranks in one JVM.
   *
   * @param ranks how many
   * @param repetitions of collectives
   * @return the figures
   * @throws InterruptedException where this thread is asked to end
   */
  public static List<Line> scale(int ranks, int repetitions) throws InterruptedException {
    return Programs.run(ManyRanks.class, 1, List.of(Integer.toString(ranks), Integer.toString(repetitions)),
        List.of("-Xmx4g"), LIMIT).stream()
        .map(figure -> Programs.line(figure, "local", ranks, true, "verticle")).toList();
  }

  /**
   * Idle JVMs.
   *
   * @param jvms how many
   * @param seconds for which their CPU time is counted
   * @return the figure
   * @throws InterruptedException where this thread is asked to end
   */
  public static Line idle(int jvms, int seconds) throws InterruptedException {
    return new Idle(jvms, SETTLE, Duration.ofSeconds(seconds)).run();
  }

  /**
   * A service that is a rank.
   *
   * @param seconds of each half
   * @return the figures
   * @throws InterruptedException where this thread is asked to end
   */
  public static List<Line> service(int seconds) throws InterruptedException {
    return Programs.run(Service.class, 2, List.of(Integer.toString(seconds)), List.of(), LIMIT).stream()
        .map(figure -> Programs.line(figure, "shm", 2, false, "sleeping")).toList();
  }
}
