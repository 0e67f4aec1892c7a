package dev.vertxmpi.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import io.vertx.core.buffer.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A stream of any bytes is cut into messages and frames within their limits, or refused. */
class FrameParserFuzzTest {

  /** A payload is reserved when its envelope is sound, before it comes: one at a time. */
  private static final long MOST = Envelope.MAX_PAYLOAD + (16 << 10);

  /** Three frames, the second with ten bytes. */
  private static byte[] frames() {
    Envelope envelope = new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 3, 4, 5, 6, 7, 8, 9);
    byte[] bytes = new byte[3 * Envelope.LENGTH + 10];
    MemorySegment all = MemorySegment.ofArray(bytes);
    envelope.write(all, 0);
    envelope.write(all, Envelope.LENGTH, 10);
    envelope.write(all, 2 * Envelope.LENGTH + 10, 0);
    return bytes;
  }

  private static byte[] messages() {
    return Buffer.buffer().appendShortLE((short) 40).appendBytes(new byte[40]).appendShortLE((short) 1)
        .appendBytes(new byte[1]).appendBytes(frames()).getBytes();
  }

  @Test
  void shouldCutOrRefuseAnyFrames() {
    Fuzz.of(frames()).allocating(MOST, 32).run(input -> {
      long[] bytes = {0};
      FrameParser parser = new FrameParser(message -> { }, frame -> {
        assertTrue(frame.payload().byteSize() <= Envelope.MAX_PAYLOAD);
        bytes[0] += Envelope.LENGTH + frame.payload().byteSize();
      });
      parser.framesFollow();
      int cut = input.length / 3;
      parser.handle(Chunk.of(Arrays.copyOf(input, cut)));
      parser.handle(Chunk.of(Arrays.copyOfRange(input, cut, input.length)));
      assertTrue(bytes[0] <= input.length);
    }).mustTakeSome();
  }

  @Test
  void shouldCutOrRefuseAnyMessages() {
    Fuzz.of(messages()).allocating(MOST, 32).run(input -> {
      int[] count = {0};
      FrameParser[] parser = {null};
      parser[0] = new FrameParser(message -> {
        assertTrue(message.length > 0 && message.length <= Handshake.MOST);
        if (++count[0] == 2) {
          parser[0].framesFollow();
        }
      }, frame -> assertEquals(2, count[0]));
      parser[0].handle(Chunk.of(input));
    }).mustTakeSome();
  }
}
