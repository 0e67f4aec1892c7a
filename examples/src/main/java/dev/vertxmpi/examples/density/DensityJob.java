package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Order;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.FileView;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import io.vertx.core.Future;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the points of a CSV file in the cells of a raster, with all ranks of a job. Every method is collective and may
 * wait: call it on a virtual thread or outside Vert.x.
 */
final class DensityJob {

  private final Intracommunicator world;
  private final DensityOptions options;
  private final Phases phases;
  private final Points points = new Points();
  private long skipped;

  DensityJob(Mpi mpi, DensityOptions options) {
    this.world = mpi.world();
    this.options = options;
    this.phases = new Phases(world);
  }

  /** Everything up to the written grid file. */
  DensityResult count() {
    phases.run("read", "reading " + options.csv() + " with " + world.size() + " ranks", this::readPoints);
    Bounds bounds = phases.run("bounds", "agreeing on the bounds", this::agreeOnBounds);
    Raster raster = new Raster(options.width(), options.height(), bounds);
    long[] rows = phases.run("accumulate", "accumulating into the grid", () -> accumulate(raster));
    phases.run("write", "writing " + options.gridFile(), () -> write(raster, rows));
    long[] totals = await(world.allreduce(new long[] {points.size(), skipped}, Op.SUM));
    List<DenseCell> densest = phases.run("rank", "looking for the densest cells",
        () -> DenseCell.find(world, raster, rows, points));
    return new DensityResult(raster, rows, totals[0], totals[1], densest, phases.slowest());
  }

  private Void readPoints() {
    MpiFile csv = await(world.open(options.csv(), new FileOptions().setModes(FileMode.RDONLY)));
    try {
      agreed(() -> {
        CsvRange range = CsvRange.locate(world, csv);
        CsvColumns columns = CsvHeader.read(world, csv, range, options);
        new CsvRecords(csv, range).forEach((line, text) -> readRecord(columns, line, text));
      });
    } finally {
      await(csv.close());
    }
    if (await(world.allreduce((long) points.size(), Op.SUM)) == 0) {
      throw new DensityException(options.csv() + ": there is no record to count");
    }
    return null;
  }

  private void readRecord(CsvColumns columns, long line, String text) {
    if (line == 1) {
      return;
    }
    try {
      columns.read(text, points);
    } catch (DensityException e) {
      if (!options.skipBad()) {
        throw new DensityException("line " + line + ": " + e.getMessage());
      }
      skipped++;
    }
  }

  /** Where one rank meets an error, all end with it; where several do, with the one that comes first in the file. */
  private void agreed(Runnable body) {
    String error = "";
    try {
      body.run();
    } catch (DensityException e) {
      error = e.getMessage();
    }
    for (String first : await(world.allgather(error))) {
      if (!first.isEmpty()) {
        throw new DensityException(options.csv() + ": " + first);
      }
    }
  }

  private Bounds agreeOnBounds() {
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < points.size(); i++) {
      low[0] = Math.min(low[0], points.x(i));
      low[1] = Math.min(low[1], points.y(i));
      high[0] = Math.max(high[0], points.x(i));
      high[1] = Math.max(high[1], points.y(i));
    }
    Future<double[]> lowest = world.allreduce(low, Op.MIN);
    Future<double[]> highest = world.allreduce(high, Op.MAX);
    return new Bounds(await(lowest)[0], await(highest)[0], await(lowest)[1], await(highest)[1]);
  }

  /** Each rank adds its counts to the rows of each owner; returns the rows of this rank. */
  private long[] accumulate(Raster raster) {
    long[] mine = new long[raster.width() * raster.height()];
    for (int i = 0; i < points.size(); i++) {
      mine[raster.cell(points.x(i), points.y(i))]++;
    }
    int ownRows = raster.rows(world.rank(), world.size());
    Window window = await(world.window(WindowOptions
        .allocate(MemoryKind.HOST, (long) ownRows * raster.width() * Long.BYTES).setDisplacementUnit(Long.BYTES)));
    MessageBuffer counts = MessageBuffer.of(mine);
    await(window.fenced(w -> {
      List<Future<Void>> sent = new ArrayList<>();
      for (int target = 0; target < world.size(); target++) {
        long first = (long) raster.firstRow(target, world.size()) * raster.width();
        long cells = (long) raster.rows(target, world.size()) * raster.width();
        sent.add(w.accumulate(counts.slice(first, cells), target, Region.at(0), Op.SUM));
      }
      return Future.join(sent);
    }));
    long[] rows = window.memory().segment().toArray(ValueLayout.JAVA_LONG);
    await(window.free());
    return rows;
  }

  private Void write(Raster raster, long[] rows) {
    int ownRows = raster.rows(world.rank(), world.size());
    MpiFile file = await(world.open(options.gridFile(),
        new FileOptions().setModes(FileMode.WRONLY, FileMode.CREATE)));
    try {
      await(file.setSize((long) raster.width() * raster.height() * Long.BYTES));
      Datatype tile = ownRows == 0 ? Datatype.contiguous(1, Datatype.LONG)
          : Datatype.subarray(new long[] {raster.height(), raster.width()}, new long[] {ownRows, raster.width()},
              new long[] {raster.firstRow(world.rank(), world.size()), 0}, Order.C, Datatype.LONG);
      await(file.setView(FileView.of(Datatype.LONG, tile)));
      await(file.individual().writeAll(MessageBuffer.of(littleEndian(rows))));
    } finally {
      await(file.close());
    }
    return null;
  }

  private static long[] littleEndian(long[] values) {
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      return values;
    }
    long[] swapped = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      swapped[i] = Long.reverseBytes(values[i]);
    }
    return swapped;
  }
}
