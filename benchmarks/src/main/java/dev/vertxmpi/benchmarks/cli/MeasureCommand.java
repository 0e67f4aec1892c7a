package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.rank.BufferKind;
import dev.vertxmpi.benchmarks.rank.WaitStyle;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sizes;
import dev.vertxmpi.benchmarks.run.Plan;
import dev.vertxmpi.benchmarks.run.Session;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common that measure ranks against each other. */
abstract class MeasureCommand implements Callable<Integer> {

  private static final long MOST_SIZE = 1L << 30;
  private static final int MOST_WINDOW = 1024;
  private static final int MOST_RANKS = 1024;

  private final Benchmark benchmark;

  @Spec
  private CommandSpec command;

  @Mixin
  private OutputOptions output;

  @Option(names = "--sizes", paramLabel = "SIZE", split = ",",
      description = "Bytes of a message, such as 8,64K,1M (default: those of the OSU programs that matter most).")
  private List<String> sizes = new ArrayList<>();

  @Option(names = {"-n", "--ranks"}, paramLabel = "N", defaultValue = "2",
      description = "Number of ranks (default ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(names = {"--in-jvm", "--in-one-jvm"}, description = "Ranks are verticles "
      + "of one JVM on event loops of their own, instead of a JVM each; so it is for --links local.")
  private boolean inJvm;

  @Option(names = "--links", paramLabel = "NAME", split = ",",
      description = "Links that the ranks may use, best first, such as shm or tcp. Peers use sockets where shm is not "
          + "among them, else shared memory.")
  private List<String> links = new ArrayList<>();

  @Option(names = "--buffer", paramLabel = "KIND", defaultValue = "shareable",
      description = "What our messages lie in: shareable (Memory.allocate), native (a segment of the caller) or array "
          + "(double[]) (default ${DEFAULT-VALUE}).")
  private String buffer;

  @Option(names = "--wait", paramLabel = "STYLE", defaultValue = "callback",
      description = "How our ranks wait: callback (handlers on the event loop) or await (virtual threads) "
          + "(default ${DEFAULT-VALUE}).")
  private String wait;

  @Option(names = "--spin", paramLabel = "on|off",
      description = "Whether our event loops poll before they sleep (VERTX_MPI_SPIN; default: as the library does).")
  private String spin;

  @Option(names = "--window", paramLabel = "N", defaultValue = "64",
      description = "Messages under way at once, where there is a window (default ${DEFAULT-VALUE}).")
  private int window;

  @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5",
      description = "How often each figure is measured; the median counts (default ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--warmup", paramLabel = "SECONDS",
      description = "Before the first repetition of each size (default 5; 20 for connect and names, whose long paths "
          + "the JVM compiles late); 0.1 at most before others.")
  private BigDecimal warmUp;

  @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "0.5",
      description = "How long a repetition takes (default ${DEFAULT-VALUE}).")
  private BigDecimal time;

  @Mixin
  private PeerOptions peers;

  @Option(names = "-J", paramLabel = "OPTION",
      description = "An option for our ranks' JVMs, such as -J-Xmx1g; may be repeated.")
  private List<String> jvmOptions = new ArrayList<>();

  MeasureCommand(Benchmark benchmark) {
    this.benchmark = benchmark;
  }

  /** What is measured, where options decide. */
  Benchmark benchmark() {
    return benchmark;
  }

  @Override
  public Integer call() throws Exception {
    Plan plan = plan();
    List<Line> lines = new ArrayList<>();
    try (OutputOptions to = output) {
      to.open();
      new Session(plan, to::progress).run(line -> {
        to.line(line.toJson());
        lines.add(line);
      });
      to.table(lines);
    }
    return 0;
  }

  /** What the options ask for. */
  Plan plan() {
    checkRanks();
    if (window < 1 || window > MOST_WINDOW) {
      throw wrong("--window must be 1 to " + MOST_WINDOW + ", but is " + window);
    }
    if (repetitions < 1) {
      throw wrong("--repetitions must be at least 1, but is " + repetitions);
    }
    if (links.stream().anyMatch(String::isBlank)) {
      throw wrong("--links must name something, with commas between");
    }
    BufferKind kind = oneOf("--buffer", buffer, BufferKind.values());
    return new Plan(benchmark(), readSizes(kind), ranks, isInJvm(), links.stream().map(String::strip).toList(), kind,
        oneOf("--wait", wait, WaitStyle.values()), window, repetitions,
        seconds("--warmup", warmUp != null ? warmUp : usualWarmUp(), true), seconds("--time", time, false),
        peers.names(), environment(), List.copyOf(jvmOptions));
  }

  /** In seconds, where none is asked for. */
  BigDecimal usualWarmUp() {
    // After one, ranks that keep all cores busy may still have their compiler waiting for one.
    return BigDecimal.valueOf(5);
  }

  private boolean isInJvm() {
    return inJvm || links.equals(List.of("local"));
  }

  private void checkRanks() {
    if (benchmark.isForTwo() && ranks != 2) {
      throw wrong(benchmark.title() + " is measured between 2 ranks, but --ranks is " + ranks);
    }
    if (ranks < 1 || ranks > MOST_RANKS || (benchmark == Benchmark.MBW_MR && ranks % 2 != 0)) {
      throw wrong("--ranks must be " + (benchmark == Benchmark.MBW_MR ? "an even number from 2" : "1") + " to "
          + MOST_RANKS + ", but is " + ranks);
    }
  }

  private List<Long> readSizes(BufferKind kind) {
    if (!benchmark.isSized()) {
      if (!sizes.isEmpty()) {
        throw wrong(benchmark.title() + " has no sizes");
      }
      return benchmark.sizes();
    }
    List<Long> read = new ArrayList<>();
    for (String size : sizes) {
      try {
        read.add(Sizes.parse(size));
      } catch (IllegalArgumentException e) {
        throw wrong("--sizes: " + e.getMessage());
      }
      if (read.getLast() < 1 || read.getLast() > MOST_SIZE) {
        throw wrong("--sizes must be 1 byte to 1 GiB each, but " + size + " is not");
      }
      if (kind == BufferKind.ARRAY && read.getLast() % Double.BYTES != 0) {
        throw wrong("--buffer array needs --sizes that are multiples of 8, but " + size + " is not");
      }
    }
    return read.isEmpty() ? benchmark.sizes() : read;
  }

  private <T extends Enum<T>> T oneOf(String option, String value, T[] values) {
    List<String> names = new ArrayList<>();
    for (T each : values) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (name.equals(value)) {
        return each;
      }
      names.add(name);
    }
    throw wrong(option + " must be one of " + String.join(", ", names) + ", but is " + value);
  }

  private Duration seconds(String option, BigDecimal value, boolean zeroAllowed) {
    if (value.signum() < 0 || (value.signum() == 0 && !zeroAllowed) || value.compareTo(BigDecimal.valueOf(60)) > 0) {
      throw wrong(option + " must be " + (zeroAllowed ? "0" : "more than 0") + " to 60 seconds, but is " + value);
    }
    return Duration.ofNanos(value.movePointRight(9).longValue());
  }

  private Map<String, String> environment() {
    return switch (spin) {
      case null -> Map.of();
      // The library knows no word for what it does by itself.
      case "on" -> Map.of("VERTX_MPI_SPIN", "");
      case "off" -> Map.of("VERTX_MPI_SPIN", spin);
      default -> throw wrong("--spin must be on or off, but is " + spin);
    };
  }

  ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
