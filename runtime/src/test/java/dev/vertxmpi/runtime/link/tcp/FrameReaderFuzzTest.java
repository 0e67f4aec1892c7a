package dev.vertxmpi.runtime.link.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.spi.link.Envelope;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader of frames takes any bytes, cut anywhere: it hands on frames within their limits, or refuses. */
class FrameReaderFuzzTest {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Remembers what came, as text. */
  private static final class Seen implements FrameReader.Taker {
    private final List<String> events = new ArrayList<>();
    private FrameReader reader;

    @Override
    public void onMessage(byte[] message) {
      assertTrue(message.length > 0 && message.length <= Handshake.MOST);
      events.add("message " + Arrays.hashCode(message));
      reader.framesFollow();
    }

    @Override
    public void onFrame(Envelope envelope, MemorySegment memory, long offset, int length) {
      assertTrue(length >= 0 && length <= Envelope.MAX_PAYLOAD && offset + length <= memory.byteSize());
      assertTrue(memory.byteSize() <= FrameReader.MOST);
      byte[] payload = new byte[length];
      MemorySegment.copy(memory, offset, MemorySegment.ofArray(payload), 0, length);
      events.add(envelope + " " + Arrays.hashCode(payload));
    }
  }

  private static List<String> read(byte[] input, int cut, boolean messages) {
    Seen seen = new Seen();
    seen.reader = new FrameReader(seen);
    if (!messages) {
      seen.reader.framesFollow();
    }
    BytesStream stream = new BytesStream(input, cut);
    try {
      while (seen.reader.read(stream) >= 0) {
        assertTrue(stream.reads() <= 2 * input.length + 2, "it goes on without reading");
      }
    } catch (IllegalArgumentException e) {
      seen.events.add(e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return seen.events;
  }

  private static byte[] frames(Random random, int count, int longest) {
    byte[] bytes = new byte[0];
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(longest);
      int at = bytes.length;
      bytes = Arrays.copyOf(bytes, at + Envelope.LENGTH + length);
      new Envelope((byte) 16, (short) 0, new ContextId(random.nextLong(), 2), 3, 4, 5, i, 7, 8, 9)
          .write(MemorySegment.ofArray(bytes), at, length);
      for (int j = at + Envelope.LENGTH; j < bytes.length; j++) {
        bytes[j] = (byte) random.nextInt();
      }
    }
    return bytes;
  }

  @Test
  void shouldTakeOrRefuseAnyFrames() {
    Random random = new Random(7);
    byte[][] valid = new byte[64][];
    Arrays.setAll(valid, i -> frames(random, 1 + random.nextInt(4), 60));
    takeOrRefuse(false, valid);
  }

  @Test
  void shouldTakeOrRefuseAnyMessages() {
    byte[] frames = frames(new Random(8), 2, 20);
    byte[] hello = new byte[2 + 30 + frames.length];
    hello[0] = 30;
    MemorySegment.ofArray(hello).set(INT, 2, Handshake.MAGIC);
    System.arraycopy(frames, 0, hello, 32, frames.length);
    takeOrRefuse(true, hello);
  }

  /** Whole and cut somewhere, the outcome is the same. Both refuse by an event, so all inputs are taken. */
  private static void takeOrRefuse(boolean messages, byte[]... valid) {
    int[] round = {0};
    Fuzz.of(valid).allocating(32 << 10, 256).run(input ->
        assertEquals(read(input, Integer.MAX_VALUE, messages), read(input, 1 + round[0]++ % 100, messages)));
  }

  @Test
  void shouldNotMindWhereFramesAreCut() {
    Random random = new Random(8);
    byte[] input = frames(random, 5, 100);
    List<String> whole = read(input, Integer.MAX_VALUE, false);
    assertEquals(5, whole.size());
    for (int cut = 1; cut <= input.length; cut++) {
      assertEquals(whole, read(input, cut, false), "cut into " + cut);
    }
    byte[] large = frames(random, 6, Envelope.MAX_PAYLOAD);
    assertEquals(6, read(large, Integer.MAX_VALUE, false).size());
    assertEquals(read(large, Integer.MAX_VALUE, false), read(large, 4099, false));
  }

  @Test
  void shouldReserveNothingForWhatIsTooLong() {
    byte[] input = frames(new Random(9), 1, 1);
    input[7] = 0x7f;
    List<String> seen = read(input, 1, false);
    assertEquals(1, seen.size());
    assertTrue(seen.getFirst().startsWith("payload of"), seen.toString());
  }
}
