package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Collectives of one group: every operation, several numbers of ranks, short and long. */
class CollectivesTest {

  /** Not commutative, so the order of operands shows. */
  private static final Op CONCAT = Op.of("concat", String.class, String::concat, false);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldReduceValues(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      assertEquals(Collections.nCopies(size, size * (size - 1) / 2), ranks.run(world ->
          world.allreduce(world.rank(), Op.SUM)));
      assertEquals(Collections.nCopies(size, (double) size), ranks.run(world ->
          world.allreduce(world.rank() + 1.0, Op.MAX)));
      assertEquals(Collections.nCopies(size, true), ranks.run(world -> world.allreduce(world.rank() >= 0, Op.LAND)));
      assertEquals(Collections.nCopies(size, (byte) 0), ranks.run(world ->
          world.allreduce((byte) world.rank(), Op.MIN)));
      assertEquals(Collections.nCopies(size, (char) ('a' + size - 1)), ranks.run(world ->
          world.allreduce((char) ('a' + world.rank()), Op.MAX)));
      ranks.run(world -> world.allreduce(new long[] {world.rank(), 1}, Op.SUM)
          .map(Waiting.check(sum -> assertArrayEquals(new long[] {size * (size - 1L) / 2, size}, sum))));
      ranks.run(world -> world.allreduce(new short[0], Op.SUM).map(Waiting.check(sum -> assertEquals(0, sum.length))));
      ranks.run(world -> world.allreduce(new boolean[] {world.rank() == 0, false}, Op.LOR)
          .map(Waiting.check(any -> assertArrayEquals(new boolean[] {true, false}, any))));
      for (int root = 0; root < size; root++) {
        Root at = Root.rank(root);
        List<Optional<Float>> sums = ranks.run(world -> world.reduce(1f, Op.SUM, at));
        for (int rank = 0; rank < size; rank++) {
          assertEquals(rank == root ? Optional.of((float) size) : Optional.empty(), sums.get(rank));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldKeepTheOrderOfOperands(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      String all = IntStream.range(0, size).mapToObj(rank -> rank + ".").collect(Collectors.joining());
      assertEquals(Collections.nCopies(size, all), ranks.run(world -> world.allreduce(world.rank() + ".", CONCAT)));
      for (int root = 0; root < size; root++) {
        Root at = Root.rank(root);
        assertEquals(Optional.of(all), ranks.run(world -> world.reduce(world.rank() + ".", CONCAT, at)).get(root));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldBroadcastValues(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      for (int root = 0; root < size; root++) {
        Root at = Root.rank(root);
        int number = root;
        assertEquals(Collections.nCopies(size, "value " + number), ranks.run(world ->
            world.bcast(String.class, world.rank() == number ? "value " + number : null, at)));
        byte[] blob = new byte[300_000];
        new Random(root).nextBytes(blob);
        ranks.run(world -> world.bcast(byte[].class, world.rank() == number ? blob : null, at)
            .map(Waiting.check(got -> assertArrayEquals(blob, got))));
        ranks.run(world -> world.bcast(String.class, null, at).map(Waiting.check(got -> assertEquals(null, got))));
      }
      assertEquals(Collections.nCopies(size, new JsonObject().put("a", 1)), ranks.run(world ->
          world.bcast(JsonObject.class, new JsonObject().put("a", 1), Root.rank(0))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldGatherValuesOfDifferentLengths(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      List<String> all = IntStream.range(0, size).mapToObj("x"::repeat).toList();
      assertEquals(Collections.nCopies(size, all), ranks.run(world -> world.allgather("x".repeat(world.rank()))));
      for (int root = 0; root < size; root++) {
        Root at = Root.rank(root);
        List<List<String>> gathered = ranks.run(world -> world.gather("x".repeat(world.rank()), at));
        for (int rank = 0; rank < size; rank++) {
          assertEquals(rank == root ? all : List.of(), gathered.get(rank));
        }
      }
      List<List<Buffer>> buffers = ranks.run(world -> world.allgather(Buffer.buffer(new byte[100_000 * world.rank()])));
      assertEquals(100_000 * (size - 1), buffers.get(0).get(size - 1).length());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,100", "2,100", "3,9000", "4,9000", "7,100000", "8,100000", "3,0", "4,1", "7,8193", "2,200000"})
  void shouldReduceBuffers(int size, int count) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      double[] expected = new double[count];
      for (int rank = 0; rank < size; rank++) {
        double[] operand = operand(rank, count);
        for (int i = 0; i < count; i++) {
          expected[i] += operand[i];
        }
      }
      List<double[]> sums = ranks.run(world -> {
        double[] into = new double[count];
        return world.allreduce(MessageBuffer.of(operand(world.rank(), count)), MessageBuffer.of(into), Op.SUM)
            .map(done -> into);
      });
      for (double[] sum : sums) {
        assertArrayEquals(expected, sum, 1e-9);
        // To the last bit.
        assertArrayEquals(sums.get(0), sum);
      }
      for (int root = 0; root < size; root += Math.max(1, size - 1)) {
        reduceTo(ranks, root, count, expected);
      }
    }
  }

  private static void reduceTo(Ranks ranks, int root, int count, double[] expected) {
    double[] into = new double[count];
    ranks.run(world -> world.reduce(MessageBuffer.of(operand(world.rank(), count)),
        world.rank() == root ? MessageBuffer.of(into) : MessageBuffer.empty(), Op.SUM, Root.rank(root)));
    assertArrayEquals(expected, into, 1e-9);
  }

  private static double[] operand(int rank, int count) {
    return new Random(rank).doubles(count).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1,10", "2,10", "3,100000", "4,100000", "7,300000", "8,1000000", "5,0"})
  void shouldBroadcastBuffers(int size, int count) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      for (int root = 0; root < size; root += Math.max(1, size / 2)) {
        int number = root;
        int[] values = new Random(root).ints(count).toArray();
        ranks.run(world -> {
          int[] buffer = world.rank() == number ? values.clone() : new int[count];
          return world.bcast(MessageBuffer.of(buffer), Root.rank(number))
              .map(Waiting.check(done -> assertArrayEquals(values, buffer)));
        });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldBroadcastAndReduceStridedData(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      int rows = 20_000;
      Datatype column = Datatype.vector(rows, 1, 3, Datatype.LONG);
      List<long[]> results = ranks.run(world -> {
        long[] matrix = LongStream.range(0, rows * 3L).map(i -> world.rank() == 0 ? i : -1).toArray();
        MemorySegment segment = MemorySegment.ofArray(matrix);
        MessageBuffer second = new MessageBuffer(Memory.of(segment), 8, 1, column);
        MessageBuffer third = new MessageBuffer(Memory.of(segment), 16, 1, column);
        return world.bcast(second, Root.rank(0)).compose(done -> world.allreduce(second, third, Op.SUM))
            .map(done -> matrix);
      });
      for (int rank = 0; rank < size; rank++) {
        for (int row = 0; row < rows; row += 999) {
          assertEquals(rank == 0 ? row * 3L : -1, results.get(rank)[row * 3]);
          assertEquals(row * 3L + 1, results.get(rank)[row * 3 + 1]);
          assertEquals((row * 3L + 1) * size, results.get(rank)[row * 3 + 2]);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldGatherBuffers(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      int[] even = IntStream.range(0, size * 3).map(i -> i / 3).toArray();
      int[] gathered = new int[size * 3];
      ranks.run(world -> world.gather(MessageBuffer.of(three(world)),
          world.rank() == size - 1 ? Blocks.even(MessageBuffer.of(gathered), 3) : Blocks.none(),
          Root.rank(size - 1)));
      assertArrayEquals(even, gathered);
      ranks.run(world -> {
        int[] into = new int[size * 3];
        return world.allgather(MessageBuffer.of(three(world)), Blocks.even(MessageBuffer.of(into), 3))
            .map(Waiting.check(done -> assertArrayEquals(even, into)));
      });
      // Rank r sends r elements, and they go to places in reverse.
      long[] counts = LongStream.range(0, size).toArray();
      long[] places = LongStream.range(0, size).map(rank -> (size - 1 - rank) * size).toArray();
      ranks.run(world -> {
        int[] own = new int[world.rank()];
        Arrays.fill(own, world.rank());
        int[] into = new int[size * size];
        return world.allgather(MessageBuffer.of(own), Blocks.counted(MessageBuffer.of(into), counts, places))
            .map(Waiting.check(done -> IntStream.range(1, size).forEach(rank ->
                assertEquals(rank, into[(size - 1 - rank) * size + rank - 1]))));
      });
    }
  }

  private static int[] three(Intracommunicator world) {
    return new int[] {world.rank(), world.rank(), world.rank()};
  }

  @OverLinks
  void shouldDoTheSameOverOtherLinks(String link) {
    try (Ranks ranks = new Ranks(4, link)) {
      ranks.run(Intracommunicator::barrier);
      assertEquals(Collections.nCopies(4, 6), ranks.run(world -> world.allreduce(world.rank(), Op.SUM)));
      assertEquals(Collections.nCopies(4, List.of(0, 1, 2, 3)), ranks.run(world -> world.allgather(world.rank())));
      assertEquals(Collections.nCopies(4, "0123"), ranks.run(world -> world.allreduce("" + world.rank(), CONCAT)));
      int[] values = new Random(1).ints(300_000).toArray();
      ranks.run(world -> {
        int[] buffer = world.rank() == 2 ? values.clone() : new int[values.length];
        return world.bcast(MessageBuffer.of(buffer), Root.rank(2))
            .map(Waiting.check(done -> assertArrayEquals(values, buffer)));
      });
      double[] expected = new double[50_000];
      reduceExpected(expected);
      reduceTo(ranks, 3, expected.length, expected);
      assertEquals(List.of(List.of(), List.of("a", "a", "a", "a"), List.of(), List.of()),
          ranks.run(world -> world.gather("a", Root.rank(1))));
    }
  }

  private static void reduceExpected(double[] expected) {
    for (int rank = 0; rank < 4; rank++) {
      double[] operand = operand(rank, expected.length);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += operand[i];
      }
    }
  }

  @Test
  void shouldServeManyRanks() {
    try (Ranks ranks = new Ranks(100, Links.first())) {
      ranks.run(Intracommunicator::barrier);
      assertEquals(Collections.nCopies(100, 100), ranks.run(world -> world.allreduce(1, Op.SUM)));
      // Some blocks are long, some short, some empty.
      List<Integer> lengths = IntStream.range(0, 100).map(rank -> rank % 10 == 7 ? 5000 : rank % 3).boxed().toList();
      ranks.run(world -> world.allgather(new byte[lengths.get(world.rank())]).map(Waiting.check(all ->
          assertEquals(lengths, all.stream().map(block -> block.length).toList()))));
      long[] counts = lengths.stream().mapToLong(Integer::longValue).toArray();
      long[] places = new long[100];
      for (int rank = 1; rank < 100; rank++) {
        places[rank] = places[rank - 1] + counts[rank - 1];
      }
      int total = (int) (places[99] + counts[99]);
      ranks.run(world -> {
        byte[] own = new byte[lengths.get(world.rank())];
        Arrays.fill(own, (byte) world.rank());
        byte[] into = new byte[total];
        return world.allgather(MessageBuffer.of(own), Blocks.counted(MessageBuffer.of(into), counts, places))
            .map(Waiting.check(done -> IntStream.range(0, 100).filter(rank -> counts[rank] > 0).forEach(rank ->
                assertEquals(rank, into[(int) (places[rank] + counts[rank] - 1)]))));
      });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void shouldRefuseBlocksThatAreTooShortOrOfOtherPrimitives(int size) {
    try (Ranks ranks = new Ranks(size, Links.first())) {
      for (Future<?> one : ranks.start(world -> world.allgather(MessageBuffer.of(new int[3]),
          Blocks.even(MessageBuffer.of(new int[size * 2]), 2)))) {
        Waiting.failure(ErrorClass.TRUNCATE, one);
      }
      List<Future<Void>> mixed = ranks.start(world -> world.gather(
          world.rank() == 0 ? MessageBuffer.of(new int[2]) : MessageBuffer.of(new long[1]),
          world.rank() == 0 ? Blocks.even(MessageBuffer.of(new int[size * 2]), 2) : Blocks.none(), Root.rank(0)));
      for (Future<?> one : mixed) {
        Waiting.failure(ErrorClass.TYPE, one);
      }
    }
  }

  @Test
  void shouldRunManyAtOnceInTheOrderOfTheCalls() {
    try (Ranks ranks = new Ranks(4, Links.first())) {
      ranks.run(world -> {
        List<Future<Integer>> all = IntStream.range(0, 200).mapToObj(i -> world.allreduce(i, Op.SUM)).toList();
        return Future.join(all).map(Waiting.check(done ->
            IntStream.range(0, 200).forEach(i -> assertEquals(4 * i, all.get(i).result()))));
      });
    }
  }

  @Test
  void shouldRefuseWhatDoesNotApply() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      for (Future<?> one : ranks.start(world -> world.allreduce("text", Op.SUM))) {
        Waiting.failure(ErrorClass.OP, one);
      }
      for (Future<?> one : ranks.start(world -> world.allreduce(1.5, Op.BAND))) {
        Waiting.failure(ErrorClass.OP, one);
      }
      for (Future<?> one : ranks.start(world -> world.allreduce(1, CONCAT))) {
        Waiting.failure(ErrorClass.OP, one);
      }
      for (Future<?> one : ranks.start(world -> world.allreduce(1, Op.REPLACE))) {
        Waiting.failure(ErrorClass.OP, one);
      }
      for (Future<?> one : ranks.start(world -> world.bcast(String.class, "x", Root.rank(2)))) {
        Waiting.failure(ErrorClass.ROOT, one);
      }
      for (Future<?> one : ranks.start(world -> world.reduce(1, Op.SUM, Root.self()))) {
        Waiting.failure(ErrorClass.ROOT, one);
      }
      // After all that, the order is still right.
      assertEquals(List.of(2, 2), ranks.run(world -> world.allreduce(1, Op.SUM)));
    }
  }
}
