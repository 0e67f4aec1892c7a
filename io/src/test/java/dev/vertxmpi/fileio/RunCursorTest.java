package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileView;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RunCursorTest {

  @Test
  void shouldSeeAPlainFileAsOneRun() {
    RunCursor cursor = new RunCursor(FileView.BYTES.from(5), 10, 1L << 40);
    assertTrue(cursor.hasRun());
    assertEquals(15, cursor.offset());
    assertEquals((1L << 40) - 10, cursor.length());
  }

  @Test
  void shouldJoinWhatTouchesAcrossSteps() {
    Datatype block = Datatype.resized(Datatype.contiguous(200_000, Datatype.BYTE), 0, 300_000);
    RunCursor cursor = new RunCursor(FileView.of(Datatype.BYTE, block), 100, 500_000);
    assertTrue(cursor.hasRun());
    assertEquals(100, cursor.offset());
    assertEquals(199_900, cursor.length());
    cursor.consume(199_900);
    assertTrue(cursor.hasRun());
    assertEquals(300_000, cursor.offset());
    assertEquals(200_000, cursor.length());
  }

  @Test
  void shouldKnowAnEmptyPart() {
    assertFalse(new RunCursor(FileView.BYTES, 3, 3).hasRun());
  }

  @Property(tries = 200)
  void shouldVisitEveryByteOnceInOrder(@ForAll long seed) {
    Random random = new Random(seed);
    FileView view = RandomViews.next(random, 40);
    long[] places = RandomViews.places(view, 3_000);
    int from = random.nextInt(1_000);
    int end = from + random.nextInt(2_000);
    long[] seen = new long[end - from];
    int count = 0;
    RunCursor cursor = new RunCursor(view, from, end);
    while (cursor.hasRun()) {
      assertEquals(from + count, cursor.position());
      long step = 1 + random.nextLong(cursor.length());
      for (long i = 0; i < step; i++) {
        seen[count++] = cursor.offset() + i;
      }
      cursor.consume(step);
    }
    long[] expected = new long[end - from];
    System.arraycopy(places, from, expected, 0, expected.length);
    assertArrayEquals(expected, seen);
  }
}
