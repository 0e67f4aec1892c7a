package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccumulateTest {

  private static final List<Op> OPS = List.of(Op.SUM, Op.PROD, Op.MIN, Op.MAX, Op.BAND, Op.BOR, Op.BXOR, Op.LAND,
      Op.LOR, Op.LXOR, Op.REPLACE, Op.NO_OP);

  private static boolean applies(Op op, Primitive primitive) {
    try {
      Reduction.check(op, primitive);
      return true;
    } catch (MpiException e) {
      return false;
    }
  }

  @OverLinks
  void shouldApplyEveryOperationToEveryPrimitiveAlignedOrNot(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 8 << 20));
      int variant = 0;
      for (Primitive primitive : Primitive.values()) {
        for (Op op : OPS) {
          if (applies(op, primitive)) {
            Datatype here = Shapes.of(primitive).get(variant % 2);
            Datatype there = Shapes.of(primitive).get(variant % 6);
            check(ranks, windows, primitive, op, here, there, variant % 3 == 0 ? 65 : 1, 64 + variant % 4);
            variant++;
          }
        }
      }
      check(ranks, windows, Primitive.DOUBLE, Op.SUM, Datatype.DOUBLE, Datatype.DOUBLE, 65530, 64);
      check(ranks, windows, Primitive.DOUBLE, Op.MAX, Datatype.DOUBLE, Datatype.DOUBLE, 65530, 3);
      check(ranks, windows, Primitive.SHORT, Op.SUM, Datatype.SHORT, Datatype.SHORT, 65530, 2);
    }
  }

  private void check(WindowRanks ranks, List<Window> windows, Primitive primitive, Op op, Datatype here, Datatype there,
      int count, long base) {
    long place = base + Math.max(0, -there.trueLowerBound()) + Math.max(0, -there.extent() * count);
    MessageBuffer at = new MessageBuffer(windows.get(1).memory(), place, count, there);
    Shapes.fillNumbers(at, primitive, 3);
    MessageBuffer from = Shapes.fillNumbers(Shapes.room(here, count, true), primitive, 1);
    byte[] expected = Shapes.packed(at);
    Reduction.combine(op, primitive, MemorySegment.ofArray(Shapes.packed(from)), MemorySegment.ofArray(expected));
    ranks.run(windows, (window, i) -> window.fenced(w ->
        i == 0 ? w.accumulate(from, 1, Region.at(place, count, there), op) : Future.succeededFuture()));
    assertArrayEquals(expected, Shapes.packed(at), () -> op + " of " + count + " x " + here + " into " + there
        + " at byte " + place);
  }

  @OverLinks
  void shouldSumExactlyWhereAllRanksAccumulate(String link) {
    int size = 4;
    int rounds = 50;
    int length = 1000;
    try (WindowRanks ranks = new WindowRanks(size, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 3L * length * 8));
      long[] ones = new long[length];
      Arrays.fill(ones, 1);
      float[] halves = new float[length];
      Arrays.fill(halves, 0.5f);
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 1);
      ranks.run(windows, (window, i) -> window.fenced(w -> {
        List<Future<Void>> all = new ArrayList<>();
        for (int k = 0; k < rounds; k++) {
          for (int target = 0; target < size; target++) {
            all.add(w.accumulate(MessageBuffer.of(ones), target, Region.at(0), Op.SUM));
            all.add(w.accumulate(MessageBuffer.of(halves), target, Region.at(length * 8L), Op.SUM));
            all.add(w.accumulate(MessageBuffer.of(bytes), target, Region.at(length * 16L + 1), Op.SUM));
          }
        }
        return Future.join(all).mapEmpty();
      }));
      for (Window window : windows) {
        MemorySegment memory = window.memory().segment();
        for (int k = 0; k < length; k++) {
          assertEquals(size * rounds, memory.getAtIndex(ValueLayout.JAVA_LONG, k));
          assertEquals(size * rounds / 2f, memory.get(ValueLayout.JAVA_FLOAT, length * 8L + k * 4L));
          assertEquals((byte) (size * rounds), memory.get(ValueLayout.JAVA_BYTE, length * 16L + 1 + k));
        }
      }
    }
  }

  @OverLinks
  void shouldSumExactlyThroughOverlappingWindows(String link) {
    int rounds = 200;
    Memory[] memories = {Memory.allocate(MemoryKind.HOST, 64), Memory.allocate(MemoryKind.HOST, 64),
        Memory.allocate(MemoryKind.HOST, 64)};
    try (WindowRanks ranks = new WindowRanks(3, link)) {
      List<Window> first = ranks.windows(i -> WindowOptions.over(memories[i]));
      List<Window> second = ranks.windows(i -> WindowOptions.over(memories[i]));
      ranks.run(first, (window, i) -> {
        List<Future<?>> all = new ArrayList<>();
        for (List<Window> each : List.of(first, second)) {
          all.add(each.get(i).locked(0, LockType.SHARED, w -> {
            List<Future<Void>> some = new ArrayList<>();
            for (int k = 0; k < rounds; k++) {
              some.add(w.accumulate(MessageBuffer.of(new double[] {1}), 0, Region.at(8), Op.SUM));
              some.add(w.accumulate(MessageBuffer.of(new short[] {1}), 0, Region.at(17), Op.SUM));
            }
            return Future.join(some);
          }));
        }
        return Future.join(all);
      });
      MemorySegment memory = memories[0].segment();
      assertEquals(2.0 * 3 * rounds, memory.get(ValueLayout.JAVA_DOUBLE, 8));
      assertEquals((short) (2 * 3 * rounds), memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, 17));
    } finally {
      List.of(memories).forEach(Memory::close);
    }
  }

  @OverLinks
  void shouldKeepTheOrderOfOneOrigin(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 1 << 20));
      int[] big = new int[200_000];
      ranks.run(windows, (window, i) -> window.fenced(w -> {
        List<Future<Void>> all = new ArrayList<>();
        for (int k = 1; i == 0 && k <= 20; k++) {
          int[] values = big.clone();
          Arrays.fill(values, k);
          all.add(w.accumulate(MessageBuffer.of(values), 1, Region.at(0), Op.REPLACE));
        }
        return Future.join(all).mapEmpty();
      }));
      int[] seen = windows.get(1).memory().segment().asSlice(0, 800_000).toArray(ValueLayout.JAVA_INT);
      Arrays.fill(big, 20);
      assertArrayEquals(big, seen);
    }
  }

  @OverLinks
  void shouldCountExactlyByFetchAndOp(String link) {
    int size = 4;
    int each = 250;
    try (WindowRanks ranks = new WindowRanks(size, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 64).setDisplacementUnit(8));
      for (Number one : List.of(1, 1L, (short) 1, 1f, 1d)) {
        List<List<Number>> tickets = ranks.run(windows, (window, i) -> window.locked(2, LockType.SHARED, w -> {
          List<Future<Number>> all = new ArrayList<>();
          for (int k = 0; k < each; k++) {
            all.add(w.fetchAndOp(one, 2, 3, Op.SUM));
          }
          return Future.join(all).map(done -> all.stream().map(Future::result).toList());
        }));
        List<Integer> sorted = tickets.stream().flatMap(List::stream).map(Number::intValue).sorted().toList();
        for (int k = 0; k < size * each; k++) {
          assertEquals(k, sorted.get(k), "tickets of " + one.getClass());
        }
        tickets.forEach(mine -> assertEquals(mine.stream().map(Number::intValue).sorted().toList(),
            mine.stream().map(Number::intValue).toList(), "a rank's own tickets grow"));
        Number last = WindowRanks.get(ranks.on(0, (rank, i) -> windows.get(0).locked(2, LockType.EXCLUSIVE, w ->
            w.fetchAndOp(zero(one), 2, 3, Op.REPLACE))));
        assertEquals(size * each, last.intValue());
      }
    }
  }

  private static Number zero(Number like) {
    return Scalar.number(Scalar.primitive(like), 0);
  }

  @Test
  void shouldFetchBytesAndReadAtomically() {
    byte[] memory = new byte[8];
    try (WindowRanks ranks = new WindowRanks(1, Links.first())) {
      List<Window> windows = ranks.windows(i -> WindowOptions.over(Memory.of(MemorySegment.ofArray(memory))));
      ranks.run(windows, (window, i) -> window.locked(0, LockType.EXCLUSIVE, w ->
          w.fetchAndOp((byte) 127, 0, 5, Op.SUM)
              .compose(before -> w.fetchAndOp((byte) 1, 0, 5, Op.SUM))
              .onSuccess(before -> assertEquals((byte) 127, before))
              .compose(before -> w.fetchAndOp(0L, 0, 0, Op.NO_OP))
              .onSuccess(all -> assertEquals(0x800000000000L, all))));
      assertEquals(-128, memory[5]);
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    Datatype mixed = Datatype.struct(new long[] {1, 1}, new long[] {0, 8}, List.of(Datatype.INT, Datatype.LONG));
    MessageBuffer pair = MessageBuffer.of(Memory.allocate(MemoryKind.HOST, 16), 1, mixed);
    MessageBuffer doubles = MessageBuffer.of(new double[2]);
    Op own = Op.of("own", Integer.class, Integer::sum, true);
    try (WindowRanks ranks = new WindowRanks(1, Links.first())) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 64));
      ranks.run(windows, (window, i) -> window.lock(0, LockType.SHARED));
      Window window = windows.getFirst();
      Region at = Region.at(0);
      expect(ErrorClass.TYPE, window.accumulate(pair, 0, at, Op.SUM));
      expect(ErrorClass.OP, window.accumulate(doubles, 0, at, Op.BAND));
      expect(ErrorClass.OP, window.accumulate(MessageBuffer.of(new int[1]), 0, at, own));
      expect(ErrorClass.OP, window.fetchAndOp(1.5, 0, 0, Op.BXOR));
      expect(ErrorClass.TYPE, window.fetchAndOp(new java.math.BigDecimal(1), 0, 0, Op.SUM));
      expect(ErrorClass.TYPE, window.put(doubles, 0, Region.at(0, 2, Datatype.LONG)));
      expect(ErrorClass.TYPE, window.put(doubles, 0, Region.at(0, 3, Datatype.DOUBLE)));
      expect(ErrorClass.COUNT, window.get(doubles, 0, Region.at(0, -1, Datatype.DOUBLE)));
      expect(ErrorClass.TYPE, window.unlock(0));
      pair.memory().close();
      expect(ErrorClass.BUFFER, window.put(pair, 0, at));
    }
  }

  private static void expect(ErrorClass expected, Future<?> call) {
    assertEquals(expected, WindowRanks.failure(call).errorClass());
  }
}
