package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that do not call the same: all fail, and are told why. */
class MismatchTest {

  private static final Map<String, Function<Intracommunicator, Future<?>>> CALLS = new TreeMap<>(Map.of(
      "MPI_Barrier()", Intracommunicator::barrier,
      "MPI_Bcast(root 0, values)", world -> world.bcast(String.class, "x", Root.rank(0)),
      "MPI_Bcast(root 1, values)", world -> world.bcast(String.class, "x", Root.rank(1)),
      "MPI_Bcast(root 1, INT)", world -> world.bcast(MessageBuffer.of(new int[100_000]), Root.rank(1)),
      "MPI_Reduce(root 0, SUM, INT, values)", world -> world.reduce(1, Op.SUM, Root.rank(0)),
      "MPI_Allreduce(MAX, DOUBLE)", world -> world.allreduce(MessageBuffer.of(new double[20_000]),
          MessageBuffer.of(new double[20_000]), Op.MAX),
      "MPI_Allreduce(MIN, INT, values)", world -> world.allreduce(1, Op.MIN),
      "MPI_Gather(root 1, values)", world -> world.gather("x", Root.rank(1)),
      "MPI_Allgather(values)", world -> world.allgather("x")));

  private static void failNaming(List<Future<Object>> all, String... names) {
    for (Future<?> one : all) {
      MpiException failure = Waiting.failure(ErrorClass.COLLECTIVE_MISMATCH, one);
      for (String name : names) {
        assertTrue(failure.getMessage().contains(name), failure.getMessage());
      }
    }
  }

  private static Future<Object> call(Intracommunicator world, String name) {
    return CALLS.get(name).apply(world).map(result -> result);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8})
  void shouldFailEverywhereNamingBothCalls(int size) {
    for (String first : CALLS.keySet()) {
      for (String second : CALLS.keySet()) {
        if (!first.equals(second)) {
          try (Ranks ranks = new Ranks(size, Links.first())) {
            int odd = Math.floorMod(first.hashCode() ^ second.hashCode(), size);
            failNaming(ranks.start(world -> call(world, world.rank() == odd ? first : second)), first, second);
            assertEquals(Collections.nCopies(size, size), ranks.run(world -> world.allreduce(1, Op.SUM)));
          }
        }
      }
    }
  }

  @OverLinks
  void shouldFailWhenTwoAreCalledInOppositeOrder(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      for (String first : CALLS.keySet()) {
        List<Future<Object>> all = ranks.start(world -> {
          Future<Object> one = call(world, world.rank() == 0 ? first : "MPI_Barrier()");
          Future<Object> two = call(world, world.rank() == 0 ? "MPI_Barrier()" : first);
          return Future.join(one, two).map(one);
        });
        if (first.equals("MPI_Barrier()")) {
          Waiting.all(all);
        } else {
          failNaming(all, first, "MPI_Barrier()");
        }
      }
    }
  }

  @OverLinks
  void shouldMatchByKeyInOppositeOrder(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      List<List<Integer>> results = ranks.run(world -> {
        Future<Integer> sum;
        Future<Integer> max;
        if (world.rank() == 0) {
          sum = world.keyed("sum").allreduce(world.rank() + 1, Op.SUM);
          max = world.keyed("max").allreduce(world.rank() + 1, Op.MAX);
        } else {
          max = world.keyed("max").allreduce(world.rank() + 1, Op.MAX);
          sum = world.keyed("sum").allreduce(world.rank() + 1, Op.SUM);
        }
        return Future.join(sum, max).map(done -> List.of(sum.result(), max.result()));
      });
      assertEquals(List.of(List.of(3, 2), List.of(3, 2)), results);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void shouldUseAKeyAgain(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      ranks.run(world -> {
        Future<Object> all = Future.succeededFuture();
        for (int i = 0; i < 100; i++) {
          int round = i;
          all = all.compose(before -> round % 2 == 0
              ? world.keyed("key").allreduce(round, Op.SUM).map(sum -> check(round * size, sum))
              : world.keyed("key").bcast(String.class, "round " + round, Root.rank(round % size))
                  .map(got -> check("round " + round, got)));
        }
        return all;
      });
    }
  }

  private static Object check(Object expected, Object actual) {
    assertEquals(expected, actual);
    return actual;
  }

  @Test
  void shouldFailAMismatchUnderAKey() {
    try (Ranks ranks = new Ranks(3, Links.first())) {
      List<Future<Object>> all = ranks.start(world -> world.rank() == 2
          ? world.keyed("k").barrier().map(done -> done)
          : world.keyed("k").bcast(String.class, "x", Root.rank(0)).map(done -> done));
      failNaming(all, "MPI_Barrier()", "MPI_Bcast(root 0, values)");
      // The key is good for another try.
      assertEquals(List.of(3, 3, 3), ranks.run(world -> world.keyed("k").allreduce(1, Op.SUM)));
    }
  }

  @Test
  void shouldRefuseAKeyThatIsInUseOrTooLong() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Future<Void> first = ranks.on(0, world -> world.keyed("k").barrier());
      Waiting.failure(ErrorClass.ARG, ranks.on(0, world -> world.keyed("k").barrier()));
      Waiting.failure(ErrorClass.ARG, ranks.on(0, world -> world.keyed("k".repeat(1025)).barrier()));
      Waiting.await(ranks.on(1, world -> world.keyed("k").barrier()));
      Waiting.await(first);
    }
  }

  @Test
  void shouldTellTheOthersOfALocalFailure() {
    try (Ranks ranks = new Ranks(4, Links.first())) {
      for (Future<?> one : ranks.start(world -> world.allgather(world.rank() == 2 ? new Object() : "x"))) {
        Waiting.failure(ErrorClass.TYPE, one);
      }
      for (Future<?> one : ranks.start(world -> world.bcast(String.class, "x", Root.rank(world.rank() == 1 ? 9 : 0)))) {
        assertEquals(ErrorClass.ROOT, Waiting.failure(one).errorClass());
      }
      assertEquals(List.of(4, 4, 4, 4), ranks.run(world -> world.allreduce(1, Op.SUM)));
    }
  }

  @Test
  void shouldNameBothLengths() {
    try (Ranks ranks = new Ranks(3, Links.first())) {
      for (Future<?> one : ranks.start(world -> world.allreduce(new int[world.rank() == 2 ? 3 : 2], Op.SUM))) {
        assertTrue(Waiting.failure(ErrorClass.COLLECTIVE_MISMATCH, one).getMessage().contains("signature"));
      }
    }
  }

  @Test
  void shouldTellTheOthersOfADeadlineAndACancel() {
    try (Ranks ranks = new Ranks(3, Links.first())) {
      CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(50));
      Future<Void> waiting = ranks.on(1, world -> world.barrier());
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(0, world -> world.with(soon).barrier()));
      Waiting.failure(ErrorClass.TIMEOUT, waiting);
      // Also who calls later.
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(2, world -> world.barrier()));
      CancelScope scope = new CancelScope();
      CallOptions scoped = new CallOptions().setCancel(scope);
      Future<Void> cancelled = ranks.on(0, world -> world.with(scoped).keyed("k").barrier());
      waiting = ranks.on(1, world -> world.keyed("k").barrier());
      scope.cancel();
      Waiting.failure(ErrorClass.CANCELLED, cancelled);
      Waiting.failure(ErrorClass.CANCELLED, waiting);
      Waiting.failure(ErrorClass.CANCELLED, ranks.on(2, world -> world.keyed("k").barrier()));
      assertEquals(List.of(3, 3, 3), ranks.run(world -> world.keyed("k").allreduce(1, Op.SUM)));
      assertEquals(List.of(3, 3, 3), ranks.run(world -> world.allreduce(1, Op.SUM)));
    }
  }
}
