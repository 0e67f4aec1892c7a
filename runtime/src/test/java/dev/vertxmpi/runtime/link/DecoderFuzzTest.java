package dev.vertxmpi.runtime.link;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Decoders of what peers send refuse with the exceptions they promise, or take; nothing else happens. */
class DecoderFuzzTest {

  private static final int ROUNDS = 100_000;
  private static final int MANY_ROUNDS = 5_000_000;

  private final NodeAddress node = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711", "bus", "x"));

  private static void fuzz(int rounds, byte[][] seeds, Consumer<byte[]> decoder) {
    Random random = new Random(42);
    for (int round = 0; round < rounds; round++) {
      byte[] input = mutate(random, seeds[random.nextInt(seeds.length)]);
      try {
        decoder.accept(input);
      } catch (IllegalArgumentException | MpiException e) {
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
      } catch (RuntimeException e) {
        fail("round " + round + " with " + Arrays.toString(input), e);
      }
    }
  }

  /** Random bytes, or a valid input that is cut, lengthened or changed in a few places. */
  private static byte[] mutate(Random random, byte[] seed) {
    byte[] bytes = seed.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 40));
      default -> {
        for (int i = random.nextInt(5); i >= 0 && bytes.length > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }

  private byte[] hello() {
    return new Hello(Hello.CLIENT, new byte[Hello.NONCE], "job:1", node).encode();
  }

  private static byte[] frames() {
    Envelope envelope = new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 3, 4, 5, 6, 7, 8, 9);
    byte[] bytes = new byte[3 * Envelope.LENGTH + 10];
    envelope.write(MemorySegment.ofArray(bytes), 10);
    envelope.write(MemorySegment.ofArray(bytes).asSlice(Envelope.LENGTH + 10), 0);
    envelope.write(MemorySegment.ofArray(bytes).asSlice(2 * Envelope.LENGTH + 10), 0);
    return bytes;
  }

  private static byte[] message(byte[] body) {
    return Buffer.buffer().appendShortLE((short) body.length).appendBytes(body).getBytes();
  }

  private void fuzzAll(int rounds) {
    fuzz(rounds, new byte[][] {hello()}, Hello::decode);
    KeyRing nobody = new KeyRing() {
      @Override
      public String keyFor(NodeId peer) {
        return "job:1";
      }

      @Override
      public Optional<byte[]> secret(String name) {
        return Optional.of(new byte[32]);
      }

      @Override
      public boolean admits(NodeId peer, String name) {
        return true;
      }
    };
    fuzz(rounds / 100, new byte[][] {hello()}, bytes -> {
      Handshake handshake = Handshake.server(nobody, node);
      handshake.receive(bytes);
      handshake.receive(bytes);
    });
    AtomicLong most = new AtomicLong();
    fuzz(rounds, new byte[][] {frames()}, bytes -> {
      FrameParser parser = new FrameParser(message -> { },
          frame -> most.accumulateAndGet(frame.payload().byteSize(), Math::max));
      parser.framesFollow();
      int cut = bytes.length / 3;
      parser.handle(Chunk.of(Arrays.copyOf(bytes, cut)));
      parser.handle(Chunk.of(Arrays.copyOfRange(bytes, cut, bytes.length)));
    });
    assertTrue(most.get() <= Envelope.MAX_PAYLOAD);
    fuzz(rounds, new byte[][] {message(hello()), message(new byte[1])}, bytes -> {
      FrameParser[] parser = new FrameParser[1];
      parser[0] = new FrameParser(message -> parser[0].framesFollow(), frame -> { });
      parser[0].handle(Chunk.of(bytes));
      parser[0].handle(Chunk.of(bytes));
    });
  }

  @Test
  void shouldWithstandRandomInput() {
    fuzzAll(ROUNDS);
  }

  @Test
  @Tag("slow")
  void shouldWithstandMuchRandomInput() {
    fuzzAll(MANY_ROUNDS);
  }
}
