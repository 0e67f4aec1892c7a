package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How communicators are made and freed. */
class LifecycleTest {

  private static List<Intracommunicator> dup(Ranks ranks) {
    return ranks.run(Intracommunicator::dup);
  }

  @Test
  void shouldKeepDuplicatesApart() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      List<Intracommunicator> one = dup(ranks);
      List<Intracommunicator> two = dup(ranks);
      Waiting.await(ranks.on(0, world -> one.get(0).send("one", 1, 0)));
      Waiting.await(ranks.on(0, world -> two.get(0).send("two", 1, 0)));
      Waiting.await(ranks.on(0, world -> world.send("world", 1, 0)));
      assertEquals("world", Waiting.await(ranks.on(1, world -> world.recv(String.class, 0, 0))).body());
      assertEquals("two", Waiting.await(ranks.on(1, world -> two.get(1).recv(String.class, 0, 0))).body());
      assertEquals("one", Waiting.await(ranks.on(1, world -> one.get(1).recv(String.class, 0, 0))).body());
    }
  }

  @Test
  void shouldFreeWhenAllHaveCalledAndNothingIsUnderWay() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      List<Intracommunicator> dup = dup(ranks);
      Future<?> receive = ranks.on(1, world -> dup.get(1).recv(String.class, 0, 0));
      Future<Void> freed = ranks.on(1, world -> dup.get(1).free());
      Waiting.failure(ErrorClass.COMM, ranks.on(1, world -> dup.get(1).barrier()));
      Waiting.failure(ErrorClass.COMM, ranks.on(1, world -> dup.get(1).free()));
      Future<Void> also = ranks.on(0, world -> dup.get(0).send("late", 1, 0).compose(sent -> dup.get(0).free()));
      Waiting.await(receive);
      Waiting.all(List.of(freed, also));
      Waiting.failure(ErrorClass.COMM, ranks.on(0, world -> dup.get(0).with(new CallOptions()).send("x", 1, 0)));
      assertEquals(List.of(2, 2), ranks.run(world -> world.allreduce(1, Op.SUM)));
    }
  }

  @Test
  void shouldFreeAtTheDeadlineAllTheSame() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      List<Intracommunicator> dup = dup(ranks);
      Future<?> pending = ranks.on(1, world -> dup.get(1).recv(String.class, 0, 0));
      CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(50));
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(1, world -> dup.get(1).with(soon).free()));
      Waiting.failure(ErrorClass.COMM, pending);
    }
  }

  @Test
  void shouldNotFreeTheWorld() {
    try (Ranks ranks = new Ranks(1, Links.first())) {
      Waiting.failure(ErrorClass.COMM, ranks.on(0, Intracommunicator::free));
      Waiting.await(ranks.on(0, Intracommunicator::barrier));
    }
  }

  @Test
  void shouldMakeACommunicatorOfSome() {
    try (Ranks ranks = new Ranks(4, Links.first())) {
      Group odd = new Group(List.of(ranks.rank(3).id(), ranks.rank(1).id()));
      List<Intracommunicator> some = Waiting.all(IntStream.of(1, 3).mapToObj(rank ->
          ranks.on(rank, world -> world.create(odd, "odd"))).toList());
      assertEquals(1, some.get(0).rank());
      assertEquals(0, some.get(1).rank());
      Future<String> one = ranks.on(1, world -> some.get(0).allreduce("b", Op.of("cat", String.class, String::concat,
          false)));
      Future<String> three = ranks.on(3, world -> some.get(1).allreduce("a", Op.of("cat", String.class,
          String::concat, false)));
      assertEquals(List.of("ab", "ab"), Waiting.all(List.of(one, three)));
      Waiting.failure(ErrorClass.ARG, ranks.on(1, world -> world.create(odd, "odd")));
      Waiting.await(ranks.on(1, world -> world.create(odd, "other")));
      Waiting.failure(ErrorClass.GROUP, ranks.on(0, world -> world.create(odd, "odd")));
      Future<Void> first = ranks.on(1, world -> some.get(0).free());
      Waiting.await(ranks.on(3, world -> some.get(1).free()));
      Waiting.await(first);
      Waiting.await(ranks.on(1, world -> world.create(odd, "odd")));
    }
  }

  @Test
  void shouldGoOnWithTheSurvivors() {
    try (Ranks ranks = new Ranks(3, "tcp")) {
      ranks.run(Intracommunicator::barrier);
      ranks.kill(1);
      Group living = new Group(List.of(ranks.rank(0).id(), ranks.rank(2).id()));
      List<Future<Integer>> sums = IntStream.of(0, 2).mapToObj(rank -> ranks.on(rank, world ->
          world.create(living, "living").compose(some -> some.allreduce(1, Op.SUM)))).toList();
      assertEquals(List.of(2, 2), Waiting.all(sums));
    }
  }

  @Test
  void shouldThrowForNullOnly() {
    try (Ranks ranks = new Ranks(1, Links.first())) {
      assertThrows(NullPointerException.class, () -> ranks.world(0).allreduce(null, Op.SUM));
      assertThrows(NullPointerException.class, () -> ranks.world(0).keyed(null));
      assertThrows(NullPointerException.class, () -> ranks.world(0).recv((Class<?>) null, 0, 0));
      assertFalse(ranks.world(0).send("x", 77, 0).succeeded());
    }
  }
}
