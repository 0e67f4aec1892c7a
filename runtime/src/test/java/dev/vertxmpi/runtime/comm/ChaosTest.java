package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.Collectives;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many operations of all sorts and lengths while something goes wrong: everything settles, nothing is wrong. */
class ChaosTest {

  private static final int CALLS = 60;

  /** A collective that depends on nothing but the seed, and checks its result. */
  private static Future<?> collective(Collectives on, Communicator comm, long seed) {
    Random random = new Random(seed);
    int size = comm.size();
    int kind = random.nextInt(6);
    int count = 1 << random.nextInt(17);
    Root root = Root.rank(random.nextInt(size));
    int[] own = new int[count];
    Arrays.fill(own, comm.rank() + 1);
    int[] into = new int[count];
    int[] all = new int[count * size];
    return switch (kind) {
      case 0 -> on.barrier();
      case 1 -> on.bcast(MessageBuffer.of(own), root)
          .map(Waiting.check(done -> assertEquals(((Root.Rank) root).rank() + 1, own[count - 1])));
      case 2 -> on.allreduce(MessageBuffer.of(own), MessageBuffer.of(into), Op.SUM)
          .map(Waiting.check(done -> assertEquals(size * (size + 1) / 2, into[count - 1])));
      case 3 -> on.reduce(MessageBuffer.of(own), MessageBuffer.of(into), Op.MAX, root);
      case 4 -> on.gather(MessageBuffer.of(own), Blocks.even(MessageBuffer.of(all), count), root);
      default -> on.allgather(MessageBuffer.of(own), Blocks.even(MessageBuffer.of(all), count))
          .map(Waiting.check(done -> assertEquals(size, all[all.length - 1])));
    };
  }

  private static ErrorClass outcome(Future<?> future) {
    try {
      Waiting.await(future);
      return null;
    } catch (MpiException e) {
      return e.errorClass();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.vertxmpi.runtime.link.Links#seeded")
  void shouldSettleEverythingWhenARankDies(String link, long seed) {
    int size = 2 + (int) (seed % 4);
    try (Ranks ranks = new Ranks(size, link)) {
      List<Future<?>> survivors = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        long number = seed * 1000 + i;
        for (Future<?> one : ranks.<Object>start(world -> collective(world, world, number).map(x -> x))
            .subList(0, size - 1)) {
          survivors.add(one);
        }
        survivors.add(ranks.on(0, world -> world.recv(byte[].class, size - 1, 1)));
        survivors.add(ranks.on(0, world -> world.send(new byte[(int) number % 100_000], size - 1, 1)));
        if (i == CALLS / 2) {
          ranks.kill(size - 1);
        }
      }
      for (Future<?> one : survivors) {
        ErrorClass outcome = outcome(one);
        assertTrue(outcome == null || outcome == ErrorClass.PROC_FAILED, "is " + outcome);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.vertxmpi.runtime.link.Links#seeded")
  void shouldAgreeOnEveryCollectiveThatSomeCancel(String link, long seed) {
    int size = 2 + (int) (seed % 4);
    Random random = new Random(seed);
    try (Ranks ranks = new Ranks(size, link)) {
      List<List<Future<Object>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        long number = seed * 1000 + i;
        int fickle = random.nextInt(2 * size);
        boolean keyed = random.nextBoolean();
        CancelScope scope = new CancelScope();
        calls.add(ranks.start(world -> {
          var view = world.rank() == fickle ? world.with(new CallOptions().setCancel(scope)) : world;
          return collective(keyed ? view.keyed("key " + number) : view, world, number).map(x -> x);
        }));
        if (fickle < size) {
          ranks.rank(random.nextInt(size)).context().runOnContext(go -> scope.cancel());
        }
      }
      for (List<Future<Object>> call : calls) {
        for (Future<Object> one : call) {
          ErrorClass outcome = outcome(one);
          assertTrue(outcome == null || outcome == ErrorClass.CANCELLED, "is " + outcome);
        }
      }
      // The order is still right.
      ranks.run(world -> world.allgather(world.rank()).map(Waiting.check(all -> assertEquals(size, all.size()))));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.vertxmpi.runtime.link.Links#seeded")
  void shouldDeliverEveryMessageOnce(String link, long seed) {
    int size = 4;
    int count = 300;
    try (Ranks ranks = new Ranks(size, link)) {
      List<Future<Void>> sends = new ArrayList<>();
      Random random = new Random(seed);
      for (int i = 0; i < count; i++) {
        byte[] message = new byte[4 + (1 << random.nextInt(19))];
        int tag = i;
        random.nextBytes(message);
        int source = i % size;
        sends.add(ranks.on(source, world -> world.send(message, (source + 1) % size, tag)));
        sends.add(ranks.on((source + 1) % size, world -> world.recv(byte[].class,
            tag % 3 == 0 ? Communicator.ANY_SOURCE : source, tag)
            .map(Waiting.check(got -> assertArrayEquals(message, got.body()))).mapEmpty()));
      }
      Waiting.all(sends);
    }
  }
}
