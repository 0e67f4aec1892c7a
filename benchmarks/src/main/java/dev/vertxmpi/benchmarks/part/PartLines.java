package dev.vertxmpi.benchmarks.part;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Results of JMH as lines: times first, then bytes allocated, both for each operation. */
final class PartLines {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private PartLines() {
  }

  /** The name of a part, such as parts_values_encode_record, from that of its method. */
  static String name(String method) {
    String[] words = method.split("\\.", -1);
    String name = words[words.length - 2] + "_" + words[words.length - 1];
    return "parts_" + name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  static List<Line> of(RunResult result) {
    List<Double> nanos = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        nanos.add(iteration.getPrimaryResult().getScore());
        Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
        bytes.add(allocated == null ? Double.NaN : allocated.getScore());
      }
    }
    return List.of(line(result.getParams(), "ns", Sample.of(nanos)), line(result.getParams(), "B", Sample.of(bytes)));
  }

  /** Parameters of parts have the names of fields, but for how many wait, which is told in the name. */
  private static Line line(BenchmarkParams params, String unit, Sample ours) {
    String name = name(params.getBenchmark());
    String waiting = parameter(params, "waiting", null);
    String link = parameter(params, "link", "-");
    boolean sends = !link.equals("-");
    return new Line(waiting == null ? name : name + "_of_" + waiting, link, sends ? 2 : 1,
        Long.parseLong(parameter(params, "size", "0")), unit, ours, null, null, parameter(params, "buffer", "-"),
        sends ? "callback" : "-", Sample.of(List.of()), Runtime.getRuntime().availableProcessors(), true, null,
        null);
  }

  private static String parameter(BenchmarkParams params, String name, String otherwise) {
    return params.getParamsKeys().contains(name) ? params.getParam(name) : otherwise;
  }
}
