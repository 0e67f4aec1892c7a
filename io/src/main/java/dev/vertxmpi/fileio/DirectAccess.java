package dev.vertxmpi.fileio;

import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Access of one rank by itself, chunk by chunk: a chunk is one task of a worker, which moves all its runs.
 *
 * <p>Data that lies in one piece of native memory moves without a copy; other data passes through a buffer of one
 * chunk.
 */
final class DirectAccess {

  /** Runs in one chunk, so that a task ends before long. */
  private static final int MAX_RUNS = 4096;

  private final FileState file;
  private final FileCall<?> call;
  private final MessageBuffer buffer;
  private final boolean writing;
  private final Part part;
  private final RunCursor cursor;
  private Memory scratch;
  private long done;

  DirectAccess(FileState file, FileCall<?> call, Transfer transfer, Part part) {
    this.file = file;
    this.call = call;
    this.buffer = transfer.buffer();
    this.writing = transfer.writing();
    this.part = part;
    this.cursor = new RunCursor(part.view(), part.from(), part.end());
  }

  /**
   * Moves the whole part.
   *
   * @return how many bytes were moved, fewer where a read met the end of the file
   */
  Future<Long> run() {
    return Steps.repeat(() -> file.home().blocking(this::chunk)).map(end -> done).onComplete(end -> release());
  }

  private void release() {
    if (scratch != null) {
      scratch.close();
    }
  }

  private boolean chunk() throws Exception {
    try {
      return call.using(this::move);
    } catch (IOException | RuntimeException e) {
      throw Errors.of(e, writing ? "write" : "read", file.path());
    }
  }

  private boolean move() throws IOException {
    Ranges places = new Ranges();
    long start = done;
    while (places.count() < MAX_RUNS && places.bytes() < file.plan().chunk() && cursor.hasRun()) {
      long length = Math.min(cursor.length(), file.plan().chunk() - places.bytes());
      places.add(cursor.offset(), length);
      cursor.consume(length);
    }
    long bytes = places.bytes();
    MemorySegment direct = inPlace(start, bytes).orElse(null);
    MemorySegment data = direct != null ? direct : scratch(bytes);
    if (writing) {
      if (direct == null) {
        Packing.pack(buffer, start, data);
      }
      done += write(places, BlockIo.buffer(data));
      return done < part.bytes();
    }
    long read = read(places, BlockIo.buffer(data));
    if (direct == null) {
      Packing.unpack(data.asSlice(0, read), buffer, start);
    }
    done += read;
    return read == bytes && done < part.bytes();
  }

  /** The caller's memory itself, where the file system can use it. */
  private Optional<MemorySegment> inPlace(long start, long bytes) {
    return Packing.contiguous(buffer).filter(MemorySegment::isNative).map(all -> all.asSlice(start, bytes));
  }

  private MemorySegment scratch(long bytes) {
    if (scratch == null) {
      scratch = Scratch.allocate(Math.min(part.bytes(), file.plan().chunk()));
    }
    return scratch.segment().asSlice(0, bytes);
  }

  private long write(Ranges places, ByteBuffer data) throws IOException {
    FileChannel channel = file.channel();
    int at = 0;
    for (int i = 0; i < places.count(); i++) {
      int length = (int) places.length(i);
      BlockIo.write(channel, places.from(i), data.limit(at + length).position(at));
      at += length;
    }
    return at;
  }

  private long read(Ranges places, ByteBuffer data) throws IOException {
    FileChannel channel = file.channel();
    int at = 0;
    for (int i = 0; i < places.count(); i++) {
      int length = (int) places.length(i);
      int read = BlockIo.read(channel, places.from(i), data.limit(at + length).position(at));
      at += read;
      if (read < length) {
        break;
      }
    }
    return at;
  }
}
