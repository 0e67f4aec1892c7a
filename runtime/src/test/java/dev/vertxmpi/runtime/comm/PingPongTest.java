package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Very many messages there and back. */
class PingPongTest {

  private static final int SAMPLE = 1 << 14;
  private static final int DEEP = 200;

  private final AtomicLong deepest = new AtomicLong();

  /** One side: sends and receives in turn until all rounds are done. */
  private final class Player {
    private final Intracommunicator world;
    private final int[] ball = new int[1];
    private final Promise<Integer> end = Promise.promise();
    private final int rounds;
    private volatile int round;

    Player(Intracommunicator world, int rounds) {
      this.world = world;
      this.rounds = rounds;
    }

    Future<Integer> start() {
      next();
      return end.future();
    }

    private void next() {
      if (round % SAMPLE == 0) {
        long depth = StackWalker.getInstance().walk(frames -> frames.limit(10_000).count());
        deepest.accumulateAndGet(depth, Math::max);
      }
      int next = round;
      round = next + 1;
      if (next == rounds) {
        end.complete(ball[0]);
        return;
      }
      int peer = 1 - world.rank();
      Future<?> turn = world.rank() == 0 ? send(peer).compose(sent -> receive(peer))
          : receive(peer).compose(received -> send(peer));
      turn.onComplete(done -> next(), end::fail);
    }

    private Future<Void> send(int peer) {
      ball[0]++;
      return world.send(MessageBuffer.of(ball), peer, 0);
    }

    private Future<?> receive(int peer) {
      return world.recv(MessageBuffer.of(ball), peer, 0);
    }
  }

  private void play(Ranks ranks, int rounds) {
    List<Player> players = new CopyOnWriteArrayList<>();
    List<Future<Integer>> ends = ranks.start(world -> {
      Player player = new Player(world, rounds);
      players.add(player);
      return player.start();
    });
    List<Integer> balls;
    try {
      balls = Waiting.all(ends);
    } catch (AssertionError e) {
      List<Integer> at = players.stream().map(player -> player.round).toList();
      throw new AssertionError("the players are in the rounds " + at + " of " + rounds, e);
    }
    assertEquals(List.of(2 * rounds, 2 * rounds), balls);
    assertTrue(deepest.get() < DEEP, "the stack was " + deepest + " deep");
  }

  @Test
  void shouldNotRecurseOnOneLoop() {
    try (Ranks ranks = new Ranks(2, Links.first(), 1)) {
      play(ranks, Links.first().equals("local") ? 1_000_000 : 20_000);
    }
  }

  @Test
  void shouldNotRecurseOnTwoLoops() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      // Each message may have to wake the other loop.
      play(ranks, 20_000);
    }
  }
}
