package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.runtime.vertx.Wire;
import dev.vertxmpi.spi.link.Envelope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** Writes frames to a socket: small ones together in one buffer, the payload of a large one without a copy. */
final class FrameWriter {

  /** Payloads up to this length are copied behind their header. */
  private static final int SMALL = 4 << 10;

  /** Bytes of small frames that are written together. */
  private static final int TOGETHER = 32 << 10;

  private final NetSocket socket;
  private byte[] gathered = new byte[512];
  private int length;
  private List<Item> items = new ArrayList<>();

  FrameWriter(NetSocket socket) {
    this.socket = socket;
  }

  void write(Queue<Item> queue) {
    for (Item item = queue.poll(); item != null; item = queue.poll()) {
      int payload = (int) item.frame().payload().byteSize();
      boolean small = payload <= SMALL;
      reserve(Envelope.LENGTH + (small ? payload : 0));
      MemorySegment to = MemorySegment.ofArray(gathered).asSlice(length);
      item.frame().envelope().write(to, payload);
      length += Envelope.LENGTH;
      items.add(item);
      if (small) {
        MemorySegment.copy(item.frame().payload(), 0, to, Envelope.LENGTH, payload);
        length += payload;
        if (length >= TOGETHER) {
          flush();
        }
      } else {
        flush(Wire.join(gathered, length, item.frame().payload()));
      }
    }
    if (length > 0) {
      flush();
    }
  }

  private void reserve(int more) {
    if (length + more > gathered.length) {
      gathered = Arrays.copyOf(gathered, Math.max(length + more, 2 * gathered.length));
    }
  }

  private void flush() {
    flush(Wire.join(gathered, length, MemorySegment.ofArray(new byte[0])));
  }

  private void flush(Buffer buffer) {
    List<Item> written = items;
    items = new ArrayList<>();
    gathered = new byte[512];
    length = 0;
    socket.write(buffer).onComplete(outcome -> {
      for (Item item : written) {
        if (outcome.succeeded()) {
          item.written().tryComplete();
        } else {
          item.written().tryFail(new MpiException(ErrorClass.PROC_FAILED,
              "the link died before the frame was written: " + outcome.cause().getMessage(), outcome.cause()));
        }
      }
    });
  }
}
