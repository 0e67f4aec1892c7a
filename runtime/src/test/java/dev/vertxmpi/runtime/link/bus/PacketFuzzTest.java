package dev.vertxmpi.runtime.link.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PacketFuzzTest {

  private static final int ROUNDS = 100_000;

  @Test
  void shouldReadWhatItWrites() {
    Packet packet = new Packet(Packet.ACK, UUID.randomUUID(), NodeId.random(), 5, -1, new byte[] {1, 2});
    Packet read = Packet.decode(packet.encode());
    assertArrayEquals(packet.body(), read.body());
    assertEquals(packet.encode(), read.encode());
  }

  @Test
  void shouldRefuseWhatIsNoPacket() {
    for (Object nonsense : new Object[] {null, "text", 5, Buffer.buffer(), Buffer.buffer(new byte[Packet.MOST + 1])}) {
      assertThrows(IllegalArgumentException.class, () -> Packet.decode(nonsense));
    }
  }

  @Test
  void shouldWithstandRandomInput() {
    Random random = new Random(7);
    Buffer seed = new Packet(Packet.DATA, UUID.randomUUID(), NodeId.random(), 5, 0, new byte[40]).encode();
    for (int round = 0; round < ROUNDS; round++) {
      Buffer bytes = seed.copy();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes.setByte(random.nextInt(bytes.length()), (byte) random.nextInt());
      }
      if (random.nextInt(5) == 0) {
        bytes = bytes.slice(0, random.nextInt(bytes.length()));
      }
      try {
        assertEquals(bytes, Packet.decode(bytes).encode());
      } catch (IllegalArgumentException e) {
        assertEquals(IllegalArgumentException.class, e.getClass());
      }
    }
  }
}
