package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Received;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** A rank that receives nothing, and many who send to it. */
class FloodTest {

  private static final int MESSAGES = 100_000;

  /** What a receiver holds for a sender, in messages of 1 KiB: 256 KiB with something for each message. */
  private static final int MOST_HELD = 256;

  @OverLinks
  void shouldHoldLittleAndDelayNobody(String link) {
    try (Ranks ranks = new Ranks(3, link)) {
      List<Future<Void>> sends = new ArrayList<>();
      Waiting.await(ranks.on(0, world -> {
        for (int i = 0; i < MESSAGES; i++) {
          byte[] message = new byte[1024];
          message[0] = (byte) i;
          sends.add(world.send(message, 1, i % 10));
        }
        return Future.succeededFuture();
      }));
      // The neighbours talk over the same links and nodes, in both directions, short and long.
      for (int i = 0; i < 20; i++) {
        Future<Void> there = ranks.on(0, world -> world.send("hello", 2, 0).compose(sent ->
            world.send(new byte[200_000], 2, 0)));
        Waiting.await(ranks.on(2, world -> world.recv(String.class, 0, 0).compose(got ->
            world.recv(byte[].class, 0, 0))));
        Waiting.await(there);
        Waiting.await(ranks.on(2, world -> world.send("you too", 1, 99)));
        assertEquals("you too", Waiting.await(ranks.on(1, world -> world.recv(String.class, 2, 99))).body());
      }
      long settled = sends.stream().filter(Future::isComplete).count();
      assertTrue(settled <= MOST_HELD, settled + " messages lie at the receiver");
      byte[][] bodies = new byte[MESSAGES][];
      for (int tag = 9; tag >= 0; tag--) {
        List<Received<byte[]>> all = receiveAll(ranks, tag);
        for (int i = 0; i < all.size(); i++) {
          bodies[i * 10 + tag] = all.get(i).body();
        }
      }
      for (int i = 0; i < MESSAGES; i += 997) {
        byte[] expected = new byte[1024];
        expected[0] = (byte) i;
        assertArrayEquals(expected, bodies[i]);
      }
      Waiting.all(sends);
    }
  }

  private static List<Received<byte[]>> receiveAll(Ranks ranks, int tag) {
    return Waiting.await(ranks.on(1, world -> {
      List<Future<Received<byte[]>>> receives = new ArrayList<>();
      for (int i = 0; i < MESSAGES / 10; i++) {
        receives.add(world.recv(byte[].class, 0, tag));
      }
      return Future.join(receives).map(done -> receives.stream().map(Future::result).toList());
    }));
  }
}
