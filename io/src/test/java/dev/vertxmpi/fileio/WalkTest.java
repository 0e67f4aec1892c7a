package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileView;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WalkTest {

  /** Where each byte of a part ends up when it is cut into windows and pieces and put together again. */
  private static Map<Long, Long> deliver(Part part, Stripes stripes, int windowBytes, int limit) {
    Map<Long, Long> delivered = new TreeMap<>();
    for (int owner = 0; owner < stripes.count(); owner++) {
      Walk walk = new Walk(part, stripes, owner);
      MemorySegment piece = MemorySegment.ofArray(new byte[limit]);
      long start = part.extent(stripes).first()[owner];
      while (start != PieceLayout.NONE) {
        walk.window(start, start + windowBytes);
        boolean more = true;
        while (more) {
          long head = walk.fill(piece, limit);
          assertTrue(head + walk.ranges().bytes() <= limit);
          RunList list = new RunList(piece, start, start + windowBytes);
          Ranges.Cursor places = walk.ranges().cursor();
          while (list.advance()) {
            long position = places.take(list.length());
            for (long i = 0; i < list.length(); i++) {
              delivered.put(position + i, stripes.offset(owner, list.local() + i));
            }
          }
          more = list.more();
          start = more ? start : list.next();
        }
      }
    }
    return delivered;
  }

  private static void check(Part part, Stripes stripes, int window, int limit) {
    long[] places = RandomViews.places(part.view(), (int) part.end());
    Map<Long, Long> delivered = deliver(part, stripes, window, limit);
    assertEquals(part.bytes(), delivered.size());
    delivered.forEach((position, place) -> assertEquals(places[Math.toIntExact(position)], place));
  }

  @Property(tries = 200)
  void shouldDeliverEveryByteOnce(@ForAll long seed) {
    Random random = new Random(seed);
    FileView view = RandomViews.next(random, 30);
    Stripes stripes = new Stripes(1 + random.nextInt(60), new int[1 + random.nextInt(4)]);
    Part part = new Part(view, true, random.nextInt(300), random.nextInt(1_500));
    check(part, stripes, 1 + random.nextInt(400), 40 + random.nextInt(200));
  }

  @Property(tries = 100)
  void shouldDeliverViewsThatJumpBack(@ForAll long seed) {
    Random random = new Random(seed);
    Datatype meshes = Datatype.resized(Datatype.vector(4, 2, 7, Datatype.INT), 0, 8L * (1 + random.nextInt(9)));
    Stripes stripes = new Stripes(1 + random.nextInt(60), new int[1 + random.nextInt(4)]);
    Part part = new Part(FileView.of(Datatype.INT, meshes), false, random.nextInt(100), random.nextInt(800));
    check(part, stripes, 1 + random.nextInt(400), 40 + random.nextInt(200));
  }

  @Property
  void shouldRefuseGarbageWithoutHarm(@ForAll byte[] bytes) {
    try {
      RunList list = new RunList(MemorySegment.ofArray(bytes), 100, 200);
      while (list.advance()) {
        assertTrue(list.local() >= 100 && list.local() + list.length() <= 200 && list.length() > 0);
      }
    } catch (MpiException e) {
      assertEquals(ErrorClass.INTERN, e.errorClass());
    }
  }

  @Test
  void shouldWriteNumbersAsShortAsTheyAre() {
    MemorySegment segment = MemorySegment.ofArray(new byte[16]);
    for (long value : new long[] {0, 127, 128, 1L << 35, Long.MAX_VALUE, -1}) {
      assertEquals(PieceLayout.numberBytes(value), PieceLayout.putNumber(segment, 0, value), "of " + value);
    }
    for (long value : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertEquals(value, PieceLayout.unzigzag(PieceLayout.zigzag(value)));
    }
  }
}
