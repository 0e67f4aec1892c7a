package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.io.FileView;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MessageBuffer;
import java.util.List;

/**
 * One rank's share of a CSV file: the records whose first byte lies in its range.
 *
 * <pre>
 *   file    |header\n|record\n|rec "a\nb" ord\n|record\n|record\n|
 *   ranges  |<----- rank 0 ----->|<----- rank 1 ----->|<--- rank 2 --->
 *   records  header   1        2 (to its end)   3        4        5
 * </pre>
 *
 * <p>A range may begin inside a quoted field, where a line break ends no record. So the ranks first count the quotes in
 * their ranges, together, and an odd number before a range says that it begins inside quotes. They count line breaks in
 * the same pass, so that each record knows its line.
 *
 * @param from first byte of the range
 * @param to first byte behind it
 * @param linesBefore line breaks before the range
 * @param insideQuotes whether the range begins inside quotes
 * @param atRecordStart whether a record begins at the first byte
 */
record CsvRange(long from, long to, long linesBefore, boolean insideQuotes, boolean atRecordStart) {

  /** Bytes read at once. */
  static final int CHUNK = 1 << 20;

  /** Finds the share of the caller: collective. */
  static CsvRange locate(Intracommunicator world, MpiFile csv) {
    long size = await(csv.size());
    long from = begin(size, world.rank(), world.size());
    long to = begin(size, world.rank() + 1, world.size());
    long[] facts = count(csv, from, to, begin(size, 1, world.size()));
    long quotesBefore = 0;
    long linesBefore = 0;
    List<long[]> all = await(world.allgather(facts));
    for (long[] earlier : all.subList(0, world.rank())) {
      quotesBefore += earlier[0];
      linesBefore += earlier[1];
    }
    if (all.stream().mapToLong(f -> f[0]).sum() % 2 != 0) {
      throw new DensityException("a quote is opened and never closed: the number of quotes is odd");
    }
    boolean insideQuotes = quotesBefore % 2 != 0;
    boolean atRecordStart = !insideQuotes && (from == 0 || byteBefore(csv) == '\n');
    return new CsvRange(from, to, linesBefore, insideQuotes, atRecordStart);
  }

  private static long begin(long size, int rank, int ranks) {
    return size / ranks * rank + Math.min(rank, size % ranks);
  }

  /** Quotes and line breaks in a range, read collectively: every rank reads as often as the longest range needs. */
  private static long[] count(MpiFile csv, long from, long to, long longest) {
    long[] quotesAndLines = new long[2];
    await(csv.setView(FileView.BYTES.from(viewBegin(from))));
    for (long done = 0; done < longest; done += CHUNK) {
      byte[] chunk = new byte[Math.clamp(to - from - done, 0, CHUNK)];
      long offset = from - viewBegin(from) + done;
      int length = (int) await(csv.at(offset).readAll(MessageBuffer.of(chunk))).bytes();
      for (int i = 0; i < length; i++) {
        quotesAndLines[0] += chunk[i] == '"' ? 1 : 0;
        quotesAndLines[1] += chunk[i] == '\n' ? 1 : 0;
      }
    }
    return quotesAndLines;
  }

  /** The view of a rank begins one byte before its range, so that it sees whether a line ends there. */
  private static long viewBegin(long from) {
    return Math.max(0, from - 1);
  }

  private static byte byteBefore(MpiFile csv) {
    byte[] one = new byte[1];
    await(csv.at(0).read(MessageBuffer.of(one)));
    return one[0];
  }

  /** Where the range begins in the rank's view of the file. */
  long beginInView() {
    return from - viewBegin(from);
  }
}
