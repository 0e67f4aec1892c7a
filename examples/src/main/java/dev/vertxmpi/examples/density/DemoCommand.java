package dev.vertxmpi.examples.density;

import dev.vertxmpi.launcher.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi demo}. */
@Command(name = "demo", description = {
    "Counts the points of a CSV file in the cells of a grid, and draws where they are dense.", "",
    "One job of several JVMs reads the file in parts, counts and serves; a second job connects to it by name and "
        + "draws. Without --csv it takes the postal codes of the United States (GeoNames, CC BY 4.0)."})
final class DemoCommand implements Callable<Integer> {

  private static final String SHIPPED = "us-zipcodes.csv";

  @Option(names = "--csv", paramLabel = "FILE", description = "The points; the first line names the columns.")
  private Path csv;

  @Option(names = "--x", paramLabel = "COLUMN", description = "Column of the horizontal coordinate; with --csv.")
  private String x;

  @Option(names = "--y", paramLabel = "COLUMN", description = "Column of the vertical coordinate; with --csv.")
  private String y;

  @Option(names = "--name", paramLabel = "COLUMN", defaultValue = "city",
      description = "Column that names places, where the file has it (default ${DEFAULT-VALUE}).")
  private String name;

  @Option(names = "--ranks", paramLabel = "N", defaultValue = "4",
      description = "JVMs of the first job (default ${DEFAULT-VALUE}).")
  private int ranks;

  @Option(names = "--grid", paramLabel = "WxH", defaultValue = "1440x400",
      description = "Cells from left to right and from top to bottom (default ${DEFAULT-VALUE}).")
  private String grid;

  @Option(names = "--out", paramLabel = "PNG", defaultValue = "density.png",
      description = "The picture (default ${DEFAULT-VALUE}).")
  private Path out;

  @Option(names = "--grid-file", paramLabel = "FILE",
      description = "Keep the counts: row-major 64-bit integers, little-endian, top row first.")
  private Path gridFile;

  @Option(names = "--skip-bad", description = "Count malformed records and leave them out, instead of ending.")
  private boolean skipBad;

  @Override
  public Integer call() throws IOException {
    int[] size = gridSize();
    requireFolder("--out", out);
    Path scratch = Files.createTempDirectory("vertx-mpi-demo");
    try (DemoJobs jobs = new DemoJobs(scratch)) {
      Path counts = gridFile == null ? scratch.resolve("grid") : gridFile.toAbsolutePath();
      requireFolder("--grid-file", counts);
      return jobs.run(ranks, input(scratch, size, counts), out.toAbsolutePath());
    }
  }

  private DensityOptions input(Path scratch, int[] size, Path counts) throws IOException {
    if (csv == null) {
      if (x != null || y != null) {
        throw new LauncherException("--x and --y name columns of a file: name it with --csv");
      }
      Path shipped = scratch.resolve(SHIPPED);
      try (var data = DemoCommand.class.getResourceAsStream(SHIPPED)) {
        Files.copy(data, shipped);
      }
      return new DensityOptions(shipped, "longitude", "latitude", name, size[0], size[1], counts, skipBad);
    }
    if (x == null || y == null) {
      throw new LauncherException("with --csv, name the columns of the coordinates with --x and --y");
    }
    return new DensityOptions(csv.toAbsolutePath(), x, y, name, size[0], size[1], counts, skipBad);
  }

  private int[] gridSize() {
    if (ranks < 1) {
      throw new LauncherException("--ranks must be at least 1, but is " + ranks);
    }
    if (!grid.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
      throw new LauncherException("--grid must be WIDTHxHEIGHT, such as 1440x400, each 1 to 99999, but is " + grid);
    }
    int by = grid.indexOf('x');
    int[] size = {Integer.parseInt(grid.substring(0, by)), Integer.parseInt(grid.substring(by + 1))};
    if ((long) size[0] * size[1] > 50_000_000) {
      throw new LauncherException("--grid must not have more than 50 million cells, but " + grid + " has "
          + (long) size[0] * size[1]);
    }
    return size;
  }

  private static void requireFolder(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new LauncherException(option + " must be a file in a folder that can be written, but is " + file);
    }
  }
}
