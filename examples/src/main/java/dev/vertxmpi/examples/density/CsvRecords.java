package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MessageBuffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the records of a range, chunk by chunk. The last record is read to its end, behind the range; the tail
 * of a record that began before the range is passed over.
 */
final class CsvRecords {

  /** No record is longer: a file without line breaks is no CSV. */
  static final int MAX_RECORD = 1 << 20;

  /** Takes records one after another. */
  @FunctionalInterface
  interface Consumer {

    /**
     * A record.
     *
     * @param line the line on which it begins, from 1
     * @param text without the line break at its end
     */
    void accept(long line, String text);
  }

  private final MpiFile csv;
  private final CsvRange range;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private boolean insideQuotes;
  private boolean skipping;
  private long line;
  private long recordLine;
  /** Where in the file the record at hand began. */
  private long recordBegin;

  CsvRecords(MpiFile csv, CsvRange range) {
    this.csv = csv;
    this.range = range;
    this.insideQuotes = range.insideQuotes();
    this.skipping = !range.atRecordStart();
    this.line = range.linesBefore() + 1;
    this.recordLine = line;
    this.recordBegin = range.from();
  }

  /** Hands all records of the range to a consumer; empty lines are no records. */
  void forEach(Consumer consumer) {
    if (range.from() == range.to()) {
      return;
    }
    long position = range.from();
    byte[] chunk = new byte[CsvRange.CHUNK];
    while (true) {
      long offset = range.beginInView() + position - range.from();
      int length = (int) await(csv.at(offset).read(MessageBuffer.of(chunk))).bytes();
      if (length == 0) {
        finish(consumer);
        return;
      }
      for (int i = 0; i < length; i++) {
        if (take(chunk[i], position + i, consumer)) {
          return;
        }
      }
      position += length;
    }
  }

  /** Takes a byte; returns true when the record that begins next is not ours. */
  private boolean take(byte value, long position, Consumer consumer) {
    if (value == '\n') {
      line++;
      if (!insideQuotes) {
        finish(consumer);
        recordBegin = position + 1;
        recordLine = line;
        return recordBegin >= range.to();
      }
    } else if (value == '"') {
      insideQuotes = !insideQuotes;
    }
    if (!skipping) {
      record.write(value);
      if (record.size() > MAX_RECORD) {
        throw new DensityException("line " + recordLine + ": a record is longer than " + MAX_RECORD + " bytes");
      }
    }
    return false;
  }

  private void finish(Consumer consumer) {
    if (!skipping && recordBegin < range.to()) {
      String text = record.toString(StandardCharsets.UTF_8);
      String content = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      if (!content.isEmpty()) {
        consumer.accept(recordLine, content);
      }
    }
    skipping = false;
    record.reset();
  }
}
