package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.JobEvent.Kind;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows a job to the user of a terminal: what ranks print goes to the same stream here, each line with the rank in
 * front; what happens to the job goes to standard error.
 */
public final class JobConsole implements OutputHandler, Consumer<JobEvent> {

  private static final Set<Kind> ALWAYS = Set.of(Kind.WAITING, Kind.FAILED);
  private static final int[] COLOURS = {36, 33, 35, 32, 34, 31};

  private final PrintStream out;
  private final PrintStream err;
  private boolean prefix = true;
  private boolean verbose;
  private boolean colourOut;
  private boolean colourErr;

  /** Shows it on the standard streams; {@code bin/vertx-mpi} knows which of them are terminals. */
  public JobConsole() {
    this(System.out, System.err);
    String colour = System.getProperty("vertx-mpi.colour", "");
    colourOut = colour.contains("out");
    colourErr = colour.contains("err");
  }

  JobConsole(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Sets whether lines begin with the rank.
   *
   * @param prefix true by default
   * @return this
   */
  public JobConsole setPrefix(boolean prefix) {
    this.prefix = prefix;
    return this;
  }

  /**
   * Sets whether to tell everything that happens, not only what needs attention.
   *
   * @param verbose false by default
   * @return this
   */
  public JobConsole setVerbose(boolean verbose) {
    this.verbose = verbose;
    return this;
  }

  JobConsole setColour(boolean colour) {
    colourOut = colour;
    colourErr = colour;
    return this;
  }

  @Override
  public void line(int rank, Source source, String line) {
    if (source == Source.OUT) {
      print(out, prefix(rank, colourOut) + line);
    } else {
      print(err, prefix(rank, colourErr) + line);
    }
  }

  private String prefix(int rank, boolean colour) {
    if (!prefix) {
      return "";
    }
    return colour
        ? "\033[" + COLOURS[rank % COLOURS.length] + "m[" + rank + "]\033[0m "
        : "[" + rank + "] ";
  }

  @Override
  public void accept(JobEvent event) {
    if (verbose || ALWAYS.contains(event.kind())) {
      print(err, "vertx-mpi: " + event.text());
    }
  }

  /** One call for each line, so that no other line gets into it. */
  private static void print(PrintStream stream, String line) {
    synchronized (stream) {
      stream.print(line + System.lineSeparator());
      stream.flush();
    }
  }
}
