package dev.vertxmpi.benchmarks.part;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.launcher.LauncherException;
import dev.vertxmpi.launcher.job.JvmCommand;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks of JMH on the class path, each run in a JVM of its own that is started like those of ranks. */
public final class Parts {

  private static final int WARM_UPS = 3;
  private static final int MEASUREMENTS = 5;
  private static final TimeValue TURN = TimeValue.seconds(1);
  private static final TimeValue QUICK_TURN = TimeValue.milliseconds(10);

  private final boolean quick;
  private final Map<String, String> methods = new TreeMap<>();

  /**
   * Finds what there is.
   *
   * @param quick whether nobody will read the figures
   */
  public Parts(boolean quick) {
    this.quick = quick;
    if (quick) {
      // Who does not read the figures need not wait for others who measure. JMH knows no option for it.
      System.setProperty("jmh.ignoreLock", "true");
    }
    OutputFormat silent = OutputFormatFactory.createFormatInstance(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
    BenchmarkList.defaultList().getAll(silent, List.of())
        .forEach(entry -> methods.put(PartLines.name(entry.getUsername()), entry.getUsername()));
  }

  /**
   * The names of parts.
   *
   * @param pattern to be found in them
   * @return sorted
   */
  public List<String> names(Pattern pattern) {
    return methods.keySet().stream().filter(name -> pattern.matcher(name).find()).toList();
  }

  /**
   * Measures a part, with all of its parameters.
   *
   * @param name one of {@link #names}
   * @return two lines for each of its parameters: time, and bytes allocated
   */
  public List<Line> measure(String name) {
    try {
      return new Runner(options(methods.get(name))).run().stream()
          .flatMap(result -> PartLines.of(result).stream()).toList();
    } catch (RunnerException e) {
      throw new LauncherException(name + " cannot be measured: " + e.getMessage(), 1, e);
    }
  }

  private Options options(String method) {
    ChainedOptionsBuilder builder = new OptionsBuilder().include("^" + Pattern.quote(method) + "$")
        // Named, because JMH would take those of this JVM, which is told to live short.
        .forks(1).jvmArgs(JvmCommand.SILENT_START.toArray(String[]::new))
        .mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS)
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT).shouldFailOnError(true);
    return quick
        ? builder.warmupIterations(0).measurementIterations(1).measurementTime(QUICK_TURN).build()
        : builder.warmupIterations(WARM_UPS).warmupTime(TURN)
            .measurementIterations(MEASUREMENTS).measurementTime(TURN).build();
  }
}
