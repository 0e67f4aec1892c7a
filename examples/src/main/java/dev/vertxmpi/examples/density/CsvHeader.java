package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Root;
import dev.vertxmpi.io.MpiFile;

/** The header line: read by rank 0, told to the others. */
final class CsvHeader {

  private CsvHeader() {
  }

  /** Finds the columns: collective; an error in the header is every rank's error. */
  static CsvColumns read(Intracommunicator world, MpiFile csv, CsvRange range, DensityOptions options) {
    String[] header = {""};
    if (world.rank() == 0) {
      new CsvRecords(csv, new CsvRange(range.from(), Math.min(range.from() + 1, range.to()), 0, false, true))
          .forEach((line, text) -> header[0] = line == 1 ? text : "");
    }
    String line = await(world.bcast(String.class, header[0], Root.rank(0)));
    if (line.isEmpty()) {
      throw new DensityException("line 1: there is no header");
    }
    return CsvColumns.find(line, options);
  }
}
