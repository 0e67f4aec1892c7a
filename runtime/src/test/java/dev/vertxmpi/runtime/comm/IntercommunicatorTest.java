package dev.vertxmpi.runtime.comm;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Received;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.rank.Members;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two groups: the first ranks of a world are the servers, the others the clients. */
class IntercommunicatorTest {

  private static final Op CONCAT = Op.of("concat", String.class, String::concat, false);

  /** Both groups over the ranks of one world. */
  private static final class Pair implements AutoCloseable {
    private final Ranks ranks;
    private final int servers;
    private final List<Intercommunicator> sides = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    Pair(int servers, int clients) {
      this.ranks = new Ranks(servers + clients, Links.first());
      this.servers = servers;
      ContextId context = ContextId.ofConnection(UUID.randomUUID(), UUID.randomUUID());
      Group server = new Group(IntStream.range(0, servers).mapToObj(i -> ranks.rank(i).id()).toList());
      Group client = new Group(IntStream.range(servers, servers + clients).mapToObj(i -> ranks.rank(i).id()).toList());
      for (int i = 0; i < ranks.size(); i++) {
        boolean serves = i < servers;
        Members local = new Members(context, serves ? server : client, serves ? i : i - servers);
        sides.add(new IntercommunicatorImpl(ranks.rank(i), local, serves ? client : server, new CodecRegistry(), serves,
            ended::incrementAndGet));
      }
    }

    <T> List<Future<T>> start(BiFunction<Intercommunicator, Boolean, Future<T>> body) {
      return IntStream.range(0, ranks.size()).mapToObj(i ->
          ranks.on(i, world -> body.apply(sides.get(i), i < servers))).toList();
    }

    <T> List<T> run(BiFunction<Intercommunicator, Boolean, Future<T>> body) {
      return Waiting.all(start(body));
    }

    @Override
    public void close() {
      ranks.close();
    }
  }

  @Test
  void shouldSendToTheOtherSide() {
    try (Pair pair = new Pair(2, 1)) {
      Future<Void> sent = pair.sides.get(0).send("from server 0", 0, 1);
      Future<Void> back = pair.sides.get(2).send("from client 0", 1, 1);
      Received<String> at = Waiting.await(pair.sides.get(2).recv(String.class, Communicator.ANY_SOURCE, 1));
      assertEquals("from server 0", at.body());
      assertEquals(0, at.status().source());
      assertEquals("from client 0", Waiting.await(pair.sides.get(1).recv(String.class, 0, 1)).body());
      Waiting.all(List.of(sent, back));
      assertEquals(1, pair.sides.get(0).remoteSize());
      assertEquals(2, pair.sides.get(2).remoteSize());
      Waiting.failure(ErrorClass.RANK, pair.sides.get(0).send("x", 1, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "1,3", "3,2", "4,4", "5,2"})
  void shouldDoEveryCollective(int servers, int clients) {
    try (Pair pair = new Pair(servers, clients)) {
      pair.run((comm, serves) -> comm.barrier());
      List<Integer> sums = pair.run((comm, serves) -> comm.allreduce(serves ? 1 : 10, Op.SUM));
      List<String> texts = pair.run((comm, serves) -> comm.allreduce((serves ? "s" : "c") + comm.rank(), CONCAT));
      List<List<String>> lists = pair.run((comm, serves) -> comm.allgather((serves ? "s" : "c") + comm.rank()));
      for (int i = 0; i < servers + clients; i++) {
        boolean serves = i < servers;
        assertEquals(serves ? 10 * clients : servers, sums.get(i));
        List<String> other = IntStream.range(0, serves ? clients : servers)
            .mapToObj(rank -> (serves ? "c" : "s") + rank).toList();
        assertEquals(String.join("", other), texts.get(i));
        assertEquals(other, lists.get(i));
      }
      for (int root = 0; root < servers; root++) {
        rooted(pair, root, clients);
      }
    }
  }

  /** The root is a server. */
  private static void rooted(Pair pair, int root, int clients) {
    BiFunction<Intercommunicator, Boolean, Root> who = (comm, serves) ->
        !serves ? Root.rank(root) : comm.rank() == root ? Root.self() : Root.none();
    List<String> casts = pair.run((comm, serves) -> comm.bcast(String.class, "from " + root, who.apply(comm, serves)));
    assertEquals(Collections.nCopies(clients, "from " + root), casts.subList(pair.servers, pair.servers + clients));
    List<Optional<Integer>> sums = pair.run((comm, serves) -> comm.reduce(5, Op.SUM, who.apply(comm, serves)));
    assertEquals(Optional.of(5 * clients), sums.get(root));
    List<List<Integer>> lists = pair.run((comm, serves) -> comm.gather(comm.rank(), who.apply(comm, serves)));
    assertEquals(IntStream.range(0, clients).boxed().toList(), lists.get(root));
    buffers(pair, root, clients, who);
  }

  private static void buffers(Pair pair, int root, int clients, BiFunction<Intercommunicator, Boolean, Root> who) {
    int count = 50_000;
    int[] values = IntStream.range(0, count).toArray();
    int[] sum = new int[count];
    int[] all = new int[clients];
    pair.run((comm, serves) -> {
      int[] buffer = serves ? values : new int[count];
      boolean atRoot = serves && comm.rank() == root;
      Root at = who.apply(comm, serves);
      MessageBuffer into = atRoot ? MessageBuffer.of(sum) : MessageBuffer.empty();
      return comm.bcast(serves && !atRoot ? MessageBuffer.empty() : MessageBuffer.of(buffer), at)
          .map(Waiting.check(done -> assertArrayEquals(values, buffer)))
          .compose(done -> comm.reduce(serves ? MessageBuffer.empty() : MessageBuffer.of(values), into, Op.SUM, at))
          .compose(done -> comm.gather(MessageBuffer.of(new int[] {comm.rank()}),
              atRoot ? Blocks.even(MessageBuffer.of(all), 1) : Blocks.none(), at))
          .compose(done -> {
            long[] max = new long[1];
            return comm.allreduce(MessageBuffer.of(new long[] {serves ? 1 : 2}), MessageBuffer.of(max), Op.MAX)
                .map(Waiting.check(same -> assertEquals(serves ? 2 : 1, max[0])));
          })
          .compose(done -> {
            int[] ranks = new int[comm.remoteSize()];
            return comm.allgather(MessageBuffer.of(new int[] {comm.rank()}), Blocks.even(MessageBuffer.of(ranks), 1))
                .map(Waiting.check(same -> assertArrayEquals(IntStream.range(0, ranks.length).toArray(), ranks)));
          });
    });
    assertArrayEquals(IntStream.range(0, count).map(i -> i * clients).toArray(), sum);
    assertArrayEquals(IntStream.range(0, clients).toArray(), all);
  }

  @Test
  void shouldFailEverywhereWhereRootsDiffer() {
    try (Pair pair = new Pair(2, 2)) {
      for (Future<?> one : pair.start((comm, serves) -> comm.bcast(String.class, "x",
          !serves ? Root.rank(1) : comm.rank() == 0 ? Root.self() : Root.none()))) {
        Waiting.failure(ErrorClass.ROOT, one);
      }
      for (Future<?> one : pair.start((comm, serves) -> comm.bcast(String.class, "x", serves ? Root.none()
          : Root.rank(0)))) {
        Waiting.failure(ErrorClass.ROOT, one);
      }
      for (Future<?> one : pair.start((comm, serves) -> comm.gather("x", serves ? Root.self() : Root.rank(0)))) {
        Waiting.failure(ErrorClass.ROOT, one);
      }
      for (Future<?> one : pair.start((comm, serves) -> comm.bcast(String.class, "x", Root.self()))) {
        Waiting.failure(ErrorClass.COLLECTIVE_MISMATCH, one);
      }
      assertEquals(List.of(2, 2, 2, 2), pair.run((comm, serves) -> comm.allreduce(1, Op.SUM)));
    }
  }

  @Test
  void shouldNameTheSidesThatCalledSomethingElse() {
    try (Pair pair = new Pair(2, 3)) {
      for (Future<Object> one : pair.start((comm, serves) -> serves ? comm.barrier().map(done -> done)
          : comm.allgather("x").map(all -> all))) {
        MpiException failure = Waiting.failure(ErrorClass.COLLECTIVE_MISMATCH, one);
        assertTrue(failure.getMessage().contains("of the server called MPI_Barrier()"), failure.getMessage());
        assertTrue(failure.getMessage().contains("of the client called MPI_Allgather(values)"), failure.getMessage());
      }
    }
  }

  @Test
  void shouldMatchByKey() {
    try (Pair pair = new Pair(2, 2)) {
      List<Integer> results = pair.run((comm, serves) -> {
        Future<Integer> first = comm.keyed(serves ? "a" : "b").allreduce(serves ? 1 : 2, Op.SUM);
        Future<Integer> second = comm.keyed(serves ? "b" : "a").allreduce(serves ? 10 : 20, Op.SUM);
        return Future.join(first, second).map(done -> first.result() * 100 + second.result());
      });
      assertEquals(List.of(4000 + 4, 4000 + 4, 2000 + 2, 2000 + 2), results);
    }
  }

  @Test
  void shouldDisconnect() {
    try (Pair pair = new Pair(2, 1)) {
      pair.run((comm, serves) -> comm.disconnect());
      assertEquals(3, pair.ended.get());
      Waiting.failure(ErrorClass.COMM, pair.sides.get(0).send("x", 0, 0));
      pair.ranks.run(world -> world.barrier());
    }
  }

  @Test
  void shouldSeverWhereTheOtherSideDoesNotDisconnect() {
    try (Pair pair = new Pair(1, 1)) {
      Future<?> pending = pair.sides.get(1).recv(String.class, 0, 0);
      CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(50));
      Waiting.failure(ErrorClass.TIMEOUT, pair.sides.get(1).with(soon).disconnect());
      Waiting.failure(ErrorClass.COMM, pending);
      await().until(() -> pair.ended.get() == 1);
    }
  }

  @Test
  void shouldFailWhenTheOtherSideDies() {
    try (Pair pair = new Pair(2, 1)) {
      Future<?> receive = pair.sides.get(0).recv(String.class, Communicator.ANY_SOURCE, 0);
      Future<?> barrier = pair.sides.get(1).barrier();
      pair.ranks.kill(2);
      Waiting.failure(ErrorClass.PROC_FAILED, receive);
      Waiting.failure(ErrorClass.PROC_FAILED, pair.sides.get(0).barrier());
      Waiting.failure(ErrorClass.PROC_FAILED, barrier);
    }
  }
}
