package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Status;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A rank that receives nothing does not hold up the other rank of its node, to whom the same link leads.
 *
 * <pre>
 *   node 0                   one link                  node 1
 *   rank 0  == 100,000 messages, not received ======>  rank 1
 *           <---------------- ping-pong ------------>  rank 2
 * </pre>
 */
class SharedLinkFloodTest {

  private static final int MESSAGES = 100_000;
  private static final int BYTES = 4096;
  /** Messages in a row, before the neighbour's turn. */
  private static final int BURST = 1000;
  private static final int PING = MESSAGES;
  private static final int ROUNDS = 1000;

  /** What a receiver holds for a sender: 256 KiB with something for each message. */
  private static final int MOST_HELD = (256 << 10) / BYTES;

  /** All messages together have 400 MB. What is announced and not received takes a header at either end. */
  private static final long MOST_HEAP = 150L << 20;

  private final List<Future<Void>> sends = new ArrayList<>();

  private static MessageBuffer message() {
    return MessageBuffer.of(new byte[BYTES]);
  }

  private void flood(Ranks ranks) {
    Waiting.await(ranks.on(0, world -> {
      MessageBuffer message = message();
      for (int i = 0; i < BURST; i++) {
        sends.add(world.send(message, 1, sends.size()));
      }
      return Future.succeededFuture();
    }));
  }

  private static void pingPong(Ranks ranks) {
    Future<Void> echo = ranks.on(2, world -> world.recv(message(), 0, PING).compose(got ->
        world.send(message(), 0, PING)));
    Waiting.await(ranks.on(0, world -> world.send(message(), 2, PING).compose(sent ->
        world.recv(message(), 2, PING))));
    Waiting.await(echo);
  }

  /** How long many of them take, for people. */
  private static long rounds(Ranks ranks) {
    long begin = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      pingPong(ranks);
    }
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void receiveAll(Ranks ranks) {
    MessageBuffer into = message();
    for (int first = 0; first < MESSAGES; first += BURST) {
      List<Status> burst = Waiting.await(ranks.on(1, world -> receive(world, into)));
      for (int i = 0; i < BURST; i++) {
        assertEquals(first + i, burst.get(i).tag());
        assertEquals(BYTES, burst.get(i).bytes());
      }
    }
  }

  private static Future<List<Status>> receive(Intracommunicator world, MessageBuffer into) {
    List<Future<Status>> receives = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      receives.add(world.recv(into, 0, Communicator.ANY_TAG));
    }
    return Future.join(receives).map(done -> receives.stream().map(Future::result).toList());
  }

  @ParameterizedTest(name = "over {0}")
  @MethodSource("dev.vertxmpi.runtime.link.Links#betweenProcesses")
  void shouldServeTheNeighbourAndHoldLittle(String link) {
    try (Ranks ranks = Ranks.sharing(link, 0, 1, 1)) {
      long quiet = rounds(ranks);
      long before = heap();
      while (sends.size() < MESSAGES) {
        flood(ranks);
        pingPong(ranks);
      }
      long settled = sends.stream().filter(Future::isComplete).count();
      assertTrue(settled <= MOST_HELD, settled + " messages lie at the receiver");
      assertTrue(heap() - before < MOST_HEAP, () -> "the heap grew by " + (heap() - before) + " bytes");
      System.out.printf("over %s: %d rounds in %d ms, and in %d ms while %d messages wait; the heap grew by %d MB%n",
          link, ROUNDS, quiet, rounds(ranks), MESSAGES, (heap() - before) >> 20);
      Map<String, Traffic.Counters> links = ranks.rank(0).node().traffic().links();
      assertEquals(1, links.get(link).peers());
      assertTrue(links.get(link).frames() >= MESSAGES, links::toString);
      assertTrue(links.get(link).bytes() < MESSAGES * (long) BYTES, () -> "the flood waits at its sender: " + links);
      receiveAll(ranks);
      Waiting.all(sends);
    }
  }
}
