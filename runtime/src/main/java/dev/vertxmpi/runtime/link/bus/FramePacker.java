package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Queue;

/** Cuts frames into bodies of packets: small ones together, large ones over several. */
final class FramePacker {

  private static final int FIRST_SIZE = 512;

  private final byte[] header = new byte[Envelope.LENGTH];
  private final MemorySegment headerSegment = MemorySegment.ofArray(header);
  private Item current;
  /** Bytes of the current frame that are packed, header included. */
  private int done;

  /** The next body, empty where the queue holds nothing. Frames that are packed to their end are done with. */
  byte[] next(Queue<Item> queue) {
    byte[] body = new byte[0];
    int length = 0;
    while (length < Packet.MOST_DATA && (current != null || begin(queue.poll()))) {
      int left = (int) current.length() - done;
      int step = Math.min(left, Packet.MOST_DATA - length);
      if (length + step > body.length) {
        body = Arrays.copyOf(body, Math.clamp(2L * (length + step), FIRST_SIZE, Packet.MOST_DATA));
      }
      copy(MemorySegment.ofArray(body).asSlice(length, step), step);
      length += step;
      if (step == left) {
        Item packed = current;
        current = null;
        packed.written().tryComplete();
      }
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  private boolean begin(Item item) {
    if (item == null) {
      return false;
    }
    current = item;
    done = 0;
    item.frame().envelope().write(headerSegment, (int) item.frame().payload().byteSize());
    return true;
  }

  private void copy(MemorySegment to, int length) {
    int fromHeader = Math.clamp(Envelope.LENGTH - done, 0, length);
    if (fromHeader > 0) {
      MemorySegment.copy(headerSegment, done, to, 0, fromHeader);
    }
    if (length > fromHeader) {
      MemorySegment.copy(current.frame().payload(), (long) done + fromHeader - Envelope.LENGTH, to, fromHeader,
          length - fromHeader);
    }
    done += length;
  }

  /** Gives up the frame that is half packed. */
  void fail(MpiException why) {
    if (current != null) {
      current.written().tryFail(why);
      current = null;
    }
  }
}
