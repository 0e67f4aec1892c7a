package dev.vertxmpi.runtime.link.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes on the event bus is a packet or is ignored, and no number in it makes a window hold more. */
class PacketFuzzTest {

  /** Where the number lies in a packet. */
  private static final int NUMBER = 40;

  private final ReceiveWindow receiving = new ReceiveWindow();
  private final SendWindow sending = new SendWindow();

  private static byte[] packet(byte type, long number, long bits, int body) {
    return new Packet(type, new UUID(1, 2), NodeId.random(), number, bits, new byte[body]).encode().getBytes();
  }

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
  void shouldReadOrRefuseAnyPacket() {
    Fuzz.of(packet(Packet.DATA, 5, 0, 40), packet(Packet.ACK, 5, 3, 0)).run(input -> {
      Buffer bytes = Buffer.buffer(input);
      assertEquals(bytes, Packet.decode(bytes).encode());
    }).mustTakeSome();
  }

  @Test
  void shouldHoldFewPacketsWhateverTheirNumber() {
    byte[] valid = packet(Packet.DATA, 0, 0, 4);
    Fuzz.of(random -> {
      byte[] bytes = valid.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(NUMBER, random.nextInt(8) == 0 ? random.nextLong()
          : receiving.awaited() + random.nextInt(SendWindow.SIZE + 4) - 2);
      return bytes;
    }).run(input -> {
      Packet packet = Packet.decode(Buffer.buffer(input));
      long awaited = receiving.awaited();
      List<byte[]> ready = receiving.take(packet.number(), packet.body());
      assertEquals(awaited + ready.size(), receiving.awaited());
      assertTrue(ready.size() <= SendWindow.SIZE);
    }).mustTakeSome();
  }

  @Test
  void shouldForgetOnlyWhatWasSentWhateverIsAcknowledged() {
    byte[] body = new byte[1];
    Fuzz.of(packet(Packet.ACK, 0, 1, 0), packet(Packet.ACK, 3, 6, 0)).run(input -> {
      Packet packet = Packet.decode(Buffer.buffer(input));
      while (sending.hasRoom()) {
        sending.add(body);
      }
      long number = sending.next() - SendWindow.SIZE + packet.number() % 40;
      if (sending.isPlausible(number)) {
        List<SendWindow.Again> again = new ArrayList<>();
        sending.acknowledge(number, packet.bits(), again);
        assertTrue(again.size() <= SendWindow.SIZE);
      }
    }).mustTakeSome();
  }
}
