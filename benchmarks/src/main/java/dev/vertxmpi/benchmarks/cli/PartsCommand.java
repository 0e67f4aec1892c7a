package dev.vertxmpi.benchmarks.cli;

import dev.vertxmpi.benchmarks.part.Parts;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.PartsTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code vertx-mpi bench parts}. */
@Command(name = "parts", description = "Single parts, by JMH in JVMs of their own - time of an operation, and bytes "
    + "that it allocates. About four minutes.")
final class PartsCommand implements Callable<Integer> {

  @Spec
  private CommandSpec command;

  @Mixin
  private OutputOptions output;

  @Option(names = "--include", paramLabel = "REGEX", defaultValue = "",
      description = "Only parts in whose names it is found, such as matching or ring (default: all).")
  private String include;

  @Option(names = "--quick", description = "A moment for each, to see that they work. The figures mean nothing.")
  private boolean quick;

  @Override
  public Integer call() throws Exception {
    Parts parts = new Parts(quick);
    List<String> names = parts.names(pattern());
    if (names.isEmpty()) {
      throw new ParameterException(command.commandLine(), "--include must be found in one of these, but is " + include
          + ": " + String.join(", ", parts.names(Pattern.compile(""))));
    }
    List<Line> lines = new ArrayList<>();
    try (OutputOptions to = output) {
      to.open();
      for (String name : names) {
        to.progress(name);
        List<Line> found = parts.measure(name);
        found.forEach(line -> to.line(line.toJson()));
        lines.addAll(found);
      }
      if (to.isForPeople()) {
        System.out.print(PartsTable.of(lines));
      }
    }
    return 0;
  }

  private Pattern pattern() {
    try {
      return Pattern.compile(include);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(command.commandLine(), "--include must be a regular expression, but is " + include
          + ": " + e.getDescription());
    }
  }
}
