package dev.vertxmpi.runtime.link.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

  private record InFlight(long number, byte[] body) {
  }

  private static byte[] body(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  @Test
  void shouldSurviveLossRepetitionAndDisorder() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      SendWindow sender = new SendWindow();
      ReceiveWindow receiver = new ReceiveWindow();
      List<InFlight> wire = new ArrayList<>();
      List<Integer> received = new ArrayList<>();
      int total = 500;
      for (int sent = 0; received.size() < total;) {
        while (sent < total && sender.hasRoom()) {
          byte[] body = body(sent++);
          wire.add(new InFlight(sender.add(body), body));
        }
        if (wire.isEmpty()) {
          sender.oldest(4).forEach(again -> wire.add(new InFlight(again.number(), again.body())));
        }
        InFlight packet = wire.remove(random.nextInt(wire.size()));
        if (random.nextInt(5) == 0) {
          continue;
        }
        if (random.nextInt(5) == 0) {
          wire.add(packet);
        }
        receiver.take(packet.number(), packet.body()).forEach(body -> received.add(ByteBuffer.wrap(body).getInt()));
        if (random.nextInt(4) != 0) {
          List<SendWindow.Again> again = new ArrayList<>();
          sender.acknowledge(receiver.awaited(), receiver.bits(), again);
          again.forEach(lost -> wire.add(new InFlight(lost.number(), lost.body())));
        }
      }
      for (int i = 0; i < total; i++) {
        assertEquals(i, received.get(i));
      }
      sender.acknowledge(receiver.awaited(), receiver.bits(), new ArrayList<>());
      assertTrue(sender.isEmpty());
    }
  }

  @Test
  void shouldRepeatAHoleOnceAtOnce() {
    SendWindow sender = new SendWindow();
    for (int i = 0; i < 4; i++) {
      sender.add(body(i));
    }
    List<SendWindow.Again> again = new ArrayList<>();
    assertTrue(sender.acknowledge(1, 0b1, again));
    assertEquals(List.of(1L), again.stream().map(SendWindow.Again::number).toList());
    assertTrue(sender.acknowledge(1, 0b11, again));
    assertEquals(1, again.size());
    assertFalse(sender.acknowledge(1, 0b11, again));
    assertEquals(List.of(1L), sender.oldest(4).stream().map(SendWindow.Again::number).toList());
  }

  @Test
  void shouldNotBelieveImpossibleAcknowledgements() {
    SendWindow sender = new SendWindow();
    sender.add(body(0));
    assertTrue(sender.isPlausible(1));
    assertFalse(sender.isPlausible(2));
    assertFalse(sender.isPlausible(-1));
    sender.acknowledge(0, -1L, new ArrayList<>());
    assertFalse(sender.isEmpty());
  }

  @Test
  void shouldHoldNoMoreThanTheWindow() {
    ReceiveWindow receiver = new ReceiveWindow();
    for (int i = 1; i < 1000; i++) {
      assertTrue(receiver.take(i, body(i)).isEmpty());
    }
    assertEquals(SendWindow.SIZE, receiver.take(0, body(0)).size());
    assertTrue(receiver.take(0, body(0)).isEmpty());
    assertTrue(receiver.take(-5, body(0)).isEmpty());
    assertTrue(receiver.take(Long.MAX_VALUE, body(0)).isEmpty());
  }
}
