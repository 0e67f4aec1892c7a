package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.runtime.vertx.Stream;
import dev.vertxmpi.spi.link.Envelope;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Writes frames to a stream: small ones together, the payload of a large one from where it lies.
 *
 * <pre>
 *   small    [ written | header payload header payload header ]   tail  [ payload of the last header ]
 *                      from                                   to        where the sender has it, or copied
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class FrameWriter {

  /** Payloads up to this length are copied behind their header. */
  private static final int SMALL = 8 << 10;

  /** Bytes of small frames that are written together. */
  static final int TOGETHER = 32 << 10;

  private static final MemorySegment NOTHING = Arena.global().allocate(1);

  private final Stream stream;
  private MemorySegment small = Arena.ofAuto().allocate(4 << 10, Long.BYTES);
  private int from;
  private int to;
  private MemorySegment tail = NOTHING;
  private int tailFrom;
  private int tailTo;
  private MemorySegment copied;
  /** Those whose payload is needed until all of the above is written. */
  private List<Item> inside = new ArrayList<>();

  FrameWriter(Stream stream) {
    this.stream = stream;
  }

  boolean isEmpty() {
    return from == to && tailFrom == tailTo;
  }

  /** Bytes of small frames that wait. */
  int waiting() {
    return to - from;
  }

  /** Bytes of the handshake. */
  void put(byte[] bytes) {
    reserve(bytes.length);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, small, to, bytes.length);
    to += bytes.length;
  }

  /** Copies a frame to those that wait; false where there is no room. */
  boolean put(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (tailFrom < tailTo || waiting() > TOGETHER) {
      return false;
    }
    reserve(Envelope.LENGTH + length);
    // What cannot be read must not leave a header behind.
    MemorySegment.copy(memory, offset, small, to + Envelope.LENGTH, length);
    envelope.write(small, to, length);
    to += Envelope.LENGTH + length;
    return true;
  }

  private void reserve(int more) {
    if (from == to) {
      from = 0;
      to = 0;
    }
    if (to + more > small.byteSize()) {
      int needed = to - from + more;
      MemorySegment next = needed <= small.byteSize() ? small
          : Arena.ofAuto().allocate(Math.max(needed, 2 * small.byteSize()), Long.BYTES);
      MemorySegment.copy(small, from, next, 0, to - from);
      to -= from;
      from = 0;
      small = next;
    }
  }

  /**
   * Writes what waits, then the frames of a queue, as far as there is room.
   *
   * @param queue frames in their order
   * @param settled gets what runs when the lock is free again: senders whose payload is free
   * @return true where nothing is left
   * @throws IOException where the connection is lost
   */
  boolean write(Queue<Item> queue, List<Runnable> settled) throws IOException {
    while (true) {
      gather(queue, settled);
      int left = to - from + tailTo - tailFrom;
      if (left == 0) {
        settle(settled);
        return true;
      }
      int written = stream.write(small, from, to - from, tail, tailFrom, tailTo - tailFrom);
      int first = Math.min(written, to - from);
      from += first;
      tailFrom += written - first;
      if (written < left) {
        return false;
      }
      settle(settled);
    }
  }

  private void gather(Queue<Item> queue, List<Runnable> settled) {
    while (tailFrom == tailTo && waiting() < TOGETHER) {
      Item item = queue.poll();
      if (item == null) {
        return;
      }
      try {
        add(item);
        inside.add(item);
      } catch (IllegalStateException | WrongThreadException e) {
        settled.add(() -> item.written().tryFail(new MpiException(ErrorClass.BUFFER,
            "the payload cannot be read: " + e.getMessage(), e)));
      }
    }
  }

  private void add(Item item) {
    MemorySegment payload = item.frame().payload();
    int length = (int) payload.byteSize();
    if (length <= SMALL) {
      put(item.frame().envelope(), payload, 0, length);
      return;
    }
    if (payload.isNative() && payload.scope().isAlive()) {
      tail = payload;
    } else {
      if (copied == null || copied.byteSize() < length) {
        copied = Arena.ofAuto().allocate(length, Long.BYTES);
      }
      MemorySegment.copy(payload, 0, copied, 0, length);
      tail = copied;
    }
    reserve(Envelope.LENGTH);
    item.frame().envelope().write(small, to, length);
    to += Envelope.LENGTH;
    tailFrom = 0;
    tailTo = length;
  }

  private void settle(List<Runnable> settled) {
    tail = NOTHING;
    tailFrom = 0;
    tailTo = 0;
    if (!inside.isEmpty()) {
      List<Item> written = inside;
      inside = new ArrayList<>();
      settled.add(() -> written.forEach(item -> item.written().tryComplete()));
    }
  }

  /** Nothing is written any more: gives back those that were begun. */
  List<Item> abandon() {
    List<Item> begun = inside;
    inside = List.of();
    tail = NOTHING;
    return begun;
  }
}
