package dev.vertxmpi.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MessageBufferTest {

  private static final Memory BYTES_100 = Memory.of(MemorySegment.ofArray(new byte[100]));

  @Test
  void shouldTakeTheDatatypeOfAnArray() {
    assertEquals(Datatype.BYTE, MessageBuffer.of(new byte[1]).datatype());
    assertEquals(Datatype.SHORT, MessageBuffer.of(new short[1]).datatype());
    assertEquals(Datatype.CHAR, MessageBuffer.of(new char[1]).datatype());
    assertEquals(Datatype.INT, MessageBuffer.of(new int[1]).datatype());
    assertEquals(Datatype.LONG, MessageBuffer.of(new long[1]).datatype());
    assertEquals(Datatype.FLOAT, MessageBuffer.of(new float[1]).datatype());
    assertEquals(24, MessageBuffer.of(new double[3]).bytes());
  }

  @Test
  void shouldTakeAllWholeElementsOfMemory() {
    assertEquals(12, MessageBuffer.of(BYTES_100, Datatype.LONG).count());
    assertFails(ErrorClass.TYPE, () -> MessageBuffer.of(BYTES_100, Datatype.contiguous(0, Datatype.INT)));
    assertFails(ErrorClass.TYPE, () -> MessageBuffer.of(BYTES_100, Datatype.resized(Datatype.INT, 0, -4)));
  }

  @Test
  void shouldRefuseElementsOutsideTheMemory() {
    assertFails(ErrorClass.COUNT, () -> MessageBuffer.of(BYTES_100, -1, Datatype.BYTE));
    assertEquals(25, MessageBuffer.of(BYTES_100, 25, Datatype.INT).count());
    assertFails(ErrorClass.BUFFER, () -> MessageBuffer.of(BYTES_100, 26, Datatype.INT));
    assertFails(ErrorClass.BUFFER, () -> new MessageBuffer(BYTES_100, 1, 25, Datatype.INT));
    assertFails(ErrorClass.BUFFER, () -> new MessageBuffer(BYTES_100, -1, 1, Datatype.INT));
  }

  @Test
  void shouldCountDataNotGapsAsNeeded() {
    Datatype every40 = Datatype.resized(Datatype.INT, 0, 40);
    assertEquals(3, MessageBuffer.of(BYTES_100, 3, every40).count());
    assertFails(ErrorClass.BUFFER, () -> new MessageBuffer(BYTES_100, 17, 3, every40));
  }

  @Test
  void shouldAllowElementsThatGoBackwards() {
    Datatype backwards = Datatype.resized(Datatype.INT, 0, -8);
    assertEquals(5, new MessageBuffer(BYTES_100, 32, 5, backwards).count());
    assertFails(ErrorClass.BUFFER, () -> new MessageBuffer(BYTES_100, 31, 5, backwards));
  }

  @Test
  void shouldRefuseWhatOverflows() {
    assertFails(ErrorClass.BUFFER, () -> MessageBuffer.of(BYTES_100, Long.MAX_VALUE, Datatype.LONG));
    assertFails(ErrorClass.BUFFER, () -> new MessageBuffer(BYTES_100, Long.MAX_VALUE, 1, Datatype.BYTE));
    assertFails(ErrorClass.BUFFER,
        () -> new MessageBuffer(BYTES_100, Long.MIN_VALUE, 2, Datatype.resized(Datatype.BYTE, 0, -1)));
    assertFails(ErrorClass.BUFFER,
        () -> MessageBuffer.of(BYTES_100, Long.MAX_VALUE, Datatype.resized(Datatype.LONG, 0, 0)));
  }

  @Test
  void shouldNameBytesInItsError() {
    MpiException failure = assertThrows(MpiException.class, () -> MessageBuffer.of(BYTES_100, 26, Datatype.INT));
    assertEquals("26 x INT at byte 0 needs bytes 0 to 104, but the memory has 100", failure.reason());
  }

  @Test
  void shouldSliceByElements() {
    MessageBuffer slice = MessageBuffer.of(BYTES_100, Datatype.INT).slice(5, 3);
    assertEquals(20, slice.offset());
    assertEquals(3, slice.count());
    assertEquals(12, slice.bytes());
    assertEquals(0, MessageBuffer.of(BYTES_100, Datatype.INT).slice(25, 0).bytes());
    assertFails(ErrorClass.COUNT, () -> MessageBuffer.of(BYTES_100, Datatype.INT).slice(24, 2));
    assertFails(ErrorClass.COUNT, () -> MessageBuffer.of(BYTES_100, Datatype.INT).slice(-1, 2));
    assertFails(ErrorClass.COUNT, () -> MessageBuffer.of(BYTES_100, Datatype.INT).slice(1, -1));
    assertFails(ErrorClass.COUNT, () -> MessageBuffer.of(BYTES_100, Datatype.INT).slice(Long.MAX_VALUE, 1));
  }

  @Test
  void shouldBeEmptyForRanksWhoseBufferDoesNotCount() {
    assertEquals(0, MessageBuffer.empty().bytes());
  }

  @Test
  void shouldCutEvenBlocks() {
    Blocks blocks = Blocks.even(MessageBuffer.of(new int[6]), 2);
    assertEquals(16, blocks.of(2).offset());
    assertEquals(8, blocks.of(2).bytes());
    assertFails(ErrorClass.COUNT, () -> blocks.of(3));
  }

  @Test
  void shouldCutCountedBlocks() {
    long[] counts = {1, 3, 0};
    Blocks blocks = Blocks.counted(MessageBuffer.of(new int[6]), counts, new long[] {5, 0, 6});
    counts[1] = 99;
    assertEquals(20, blocks.of(0).offset());
    assertEquals(12, blocks.of(1).bytes());
    assertEquals(0, blocks.of(2).bytes());
    assertFails(ErrorClass.COUNT, () -> blocks.of(3));
    assertFails(ErrorClass.COUNT,
        () -> Blocks.counted(MessageBuffer.of(new int[6]), new long[] {3}, new long[] {4}).of(0));
  }

  @Test
  void shouldListBlocks() {
    Blocks blocks = Blocks.listed(List.of(MessageBuffer.of(new int[6]), MessageBuffer.of(new byte[1])));
    assertEquals(Datatype.BYTE, blocks.of(1).datatype());
    assertFails(ErrorClass.COUNT, () -> blocks.of(2));
    assertFails(ErrorClass.COUNT, () -> Blocks.none().of(0));
    assertTrue(Blocks.none() instanceof Blocks.Listed);
  }

  private static void assertFails(ErrorClass errorClass, Executable call) {
    assertEquals(errorClass, assertThrows(MpiException.class, call).errorClass());
  }
}
