package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class TransferTest {

  private static final long BYTES = 24L << 20;

  /** Counts as in the classic matrix of fence tests; the last ones need several frames. */
  private static final int[] COUNTS = {1, 2, 3, 17, 1024, 65530};

  @OverLinks
  void shouldPutAndGetEveryShapeAndCount(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, BYTES));
      for (Primitive primitive : List.of(Primitive.BYTE, Primitive.SHORT, Primitive.INT, Primitive.DOUBLE)) {
        List<Datatype> shapes = Shapes.of(primitive);
        for (int i = 0; i < shapes.size(); i++) {
          int count = COUNTS[(i + primitive.code()) % COUNTS.length];
          for (int shift : new int[] {0, primitive.code()}) {
            Datatype there = shapes.get((i + shift) % shapes.size());
            int few = there.extent() < 0 || shapes.get(i).extent() < 0 ? Math.min(count, 17) : count;
            checkBothWays(ranks, windows, shapes.get(i), there, few);
          }
        }
      }
      ranks.run(windows, (window, i) -> window.free());
    }
  }

  private void checkBothWays(WindowRanks ranks, List<Window> windows, Datatype here, Datatype there, int count) {
    MessageBuffer from = Shapes.fill(Shapes.room(here, count, count % 2 == 0), count);
    MessageBuffer into = Shapes.room(here, count, count % 2 == 1);
    long base = Math.max(0, -there.trueLowerBound()) + Math.max(0, -there.extent() * count) + 64;
    Region region = Region.at(base, count, there);
    ranks.run(windows, (window, i) -> window.fenced(w ->
        i == 0 ? w.put(from, 1, region) : Future.succeededFuture()));
    byte[] expected = Shapes.packed(from);
    assertArrayEquals(expected, Shapes.packed(new MessageBuffer(windows.get(1).memory(), base, count, there)),
        () -> "put of " + count + " x " + here + " as " + there);
    ranks.run(windows, (window, i) -> window.fenced(w ->
        i == 0 ? w.get(into, 1, region) : Future.succeededFuture()));
    assertArrayEquals(expected, Shapes.packed(into), () -> "get of " + count + " x " + here + " as " + there);
  }

  @OverLinks
  void shouldMoveMixedAndIrregularData(String link) {
    Datatype mixed = Datatype.struct(new long[] {1, 2, 3}, new long[] {0, 8, 24},
        List.of(Datatype.INT, Datatype.DOUBLE, Datatype.SHORT));
    long[] lengths = new long[20_000];
    long[] places = new long[lengths.length];
    Random random = new Random(7);
    long place = 0;
    for (int i = 0; i < lengths.length; i++) {
      place += random.nextInt(30);
      lengths[i] = 1L + random.nextInt(3);
      places[i] = place;
      place += lengths[i];
    }
    Datatype irregular = Datatype.indexed(lengths, places, Datatype.BYTE);
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, BYTES));
      checkBothWays(ranks, windows, mixed, mixed, 30_000);
      checkBothWays(ranks, windows, irregular, irregular, 5);
      checkBothWays(ranks, windows, Datatype.contiguous(irregular.size(), Datatype.BYTE), irregular, 3);
    }
  }

  @OverLinks
  void shouldNotTouchAnythingOutsideTheRegion(String link) {
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 1000).setDisplacementUnit(4));
      ranks.run(windows, (window, i) -> window.fenced(w -> i == 1 ? Future.succeededFuture() : w.put(
          MessageBuffer.of(new int[] {-1, -1, -1, -1}), 1, Region.at(3, 1, Datatype.vector(2, 2, 7, Datatype.INT)))));
      MemorySegment memory = windows.get(1).memory().segment();
      for (int i = 0; i < 250; i++) {
        boolean written = i == 3 || i == 4 || i == 10 || i == 11;
        assertEquals(written ? -1 : 0, memory.getAtIndex(ValueLayout.JAVA_INT, i), "int " + i);
      }
    }
  }

  @OverLinks
  void shouldGoAboutNothing(String link) {
    BiFunction<Window, Integer, Future<?>> nothing = (window, target) -> Future.join(List.of(
        window.put(MessageBuffer.empty(), target, Region.at(0)),
        window.get(MessageBuffer.empty(), target, Region.at(16)),
        window.accumulate(MessageBuffer.empty(), target, Region.at(3), Op.SUM),
        window.put(MessageBuffer.of(new int[0]), target, Region.at(0, 0, Datatype.INT))));
    try (WindowRanks ranks = new WindowRanks(2, link)) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 16));
      ranks.run(windows, (window, i) -> window.fenced(w -> nothing.apply(w, 1 - i).mapEmpty()));
      int[] data = {5};
      ranks.run(windows, (window, i) -> window.fenced(w -> Future.join(
          w.put(MessageBuffer.of(data), Communicator.PROC_NULL, Region.at(1 << 20)),
          w.get(MessageBuffer.of(data), Communicator.PROC_NULL, Region.at(0)),
          w.accumulate(MessageBuffer.of(data), Communicator.PROC_NULL, Region.at(0), Op.SUM),
          w.fetchAndOp(1, Communicator.PROC_NULL, 0, Op.SUM)).mapEmpty()));
      assertEquals(5, data[0]);
    }
  }

  @OverLinks
  void shouldKeepManyOperationsInFlight(String link) {
    int size = 4;
    int each = 2000;
    try (WindowRanks ranks = new WindowRanks(size, link)) {
      List<Window> windows = ranks.windows(i ->
          WindowOptions.allocate(MemoryKind.HOST, (long) size * each * 8).setDisplacementUnit(8));
      ranks.run(windows, (window, i) -> window.fenced(w -> {
        List<Future<Void>> puts = new ArrayList<>();
        for (int k = 0; k < each; k++) {
          puts.add(w.put(MessageBuffer.of(new long[] {i * 1_000_000L + k}), (i + k) % size,
              Region.at((long) i * each + k)));
        }
        return Future.join(puts).mapEmpty();
      }));
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < each; k++) {
          assertEquals(i * 1_000_000L + k, windows.get((i + k) % size).memory().segment()
              .getAtIndex(ValueLayout.JAVA_LONG, (long) i * each + k));
        }
      }
    }
  }

  @Test
  void shouldLetSizesAndUnitsDiffer() {
    try (WindowRanks ranks = new WindowRanks(3, Links.first())) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 8L * i)
          .setDisplacementUnit(4 * i + 4));
      for (int i = 0; i < 3; i++) {
        assertEquals(8L * i, windows.get(0).size(i));
      }
      ranks.run(windows, (window, i) -> window.fenced(w -> i == 1
          ? w.put(MessageBuffer.of(new int[] {9}), 2, Region.at(1)) : Future.succeededFuture()));
      assertEquals(9, windows.get(2).memory().segment().get(ValueLayout.JAVA_INT, 12));
      ranks.run(windows, (window, i) -> window.free());
    }
  }

  @Test
  void shouldExposeMemoryOfTheCaller() {
    int[][] arrays = {new int[4], new int[4]};
    try (WindowRanks ranks = new WindowRanks(2, Links.first())) {
      List<Window> windows = ranks.windows(i ->
          WindowOptions.over(Memory.of(MemorySegment.ofArray(arrays[i]))).setDisplacementUnit(4));
      assertEquals(16, windows.get(0).size(1));
      assertEquals(2, windows.get(0).group().size());
      ranks.run(windows, (window, i) -> window.fenced(w ->
          w.put(MessageBuffer.of(new int[] {i + 1}), 1 - i, Region.at(i))));
      assertArrayEquals(new int[] {0, 2, 0, 0}, arrays[0]);
      assertArrayEquals(new int[] {1, 0, 0, 0}, arrays[1]);
      ranks.run(windows, (window, i) -> window.free());
    }
  }
}
