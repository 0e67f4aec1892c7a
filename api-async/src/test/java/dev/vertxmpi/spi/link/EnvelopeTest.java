package dev.vertxmpi.spi.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ContextId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final Envelope ANY =
      new Envelope((byte) 7, (short) 3, new ContextId(1, 2), 3, 4, 5, 6, 7, 8, 9);

  @Property
  void shouldComeBackFromItsBytes(@ForAll byte kind, @ForAll short flags, @ForAll long high, @ForAll long low,
      @ForAll int source, @ForAll int tag, @ForAll long sequence, @ForAll long check, @ForAll long first,
      @ForAll @IntRange(max = Envelope.MAX_PAYLOAD) int length) {
    Envelope envelope = new Envelope(kind, flags, new ContextId(high, low), source, ~source, tag, sequence, check,
        first, ~first);
    MemorySegment odd = Arena.ofAuto().allocate(Envelope.LENGTH + 1).asSlice(1);
    odd.fill((byte) -1);

    envelope.write(odd, length);

    assertEquals(envelope, Envelope.read(odd));
    assertEquals(length, Envelope.payloadLength(odd));
  }

  @Property
  void shouldReadOrRefuseAnyBytes(@ForAll @Size(Envelope.LENGTH) byte[] bytes) {
    readOrRefuse(bytes);
    bytes[0] = Envelope.VERSION;
    readOrRefuse(bytes);
    MemorySegment header = MemorySegment.ofArray(bytes);
    header.asSlice(6, 2).fill((byte) 0);
    readOrRefuse(bytes);
    header.asSlice(36, 4).fill((byte) 0);
    header.asSlice(72, 8).fill((byte) 0);
    assertTrue(readOrRefuse(bytes));
  }

  /** What can be read has no second spelling. */
  private static boolean readOrRefuse(byte[] bytes) {
    MemorySegment header = MemorySegment.ofArray(bytes);
    try {
      Envelope envelope = Envelope.read(header);
      byte[] again = new byte[Envelope.LENGTH];
      envelope.write(MemorySegment.ofArray(again), Envelope.payloadLength(header));
      assertArrayEquals(bytes, again);
      return true;
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().length() < 200);
      return false;
    }
  }

  @Test
  void shouldHaveTheLayoutOfItsPicture() {
    byte[] bytes = new byte[Envelope.LENGTH];
    ANY.write(MemorySegment.ofArray(bytes), 0x0102);
    assertEquals(Envelope.VERSION, bytes[0]);
    assertEquals(7, bytes[1]);
    assertEquals(3, bytes[2]);
    assertEquals(2, bytes[4]);
    assertEquals(1, bytes[5]);
    int[] lowBytes = {8, 1, 16, 2, 24, 3, 28, 4, 32, 5, 36, 0, 40, 6, 48, 7, 56, 8, 64, 9, 72, 0};
    for (int i = 0; i < lowBytes.length; i += 2) {
      assertEquals(lowBytes[i + 1], bytes[lowBytes[i]], "byte " + lowBytes[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, -1})
  void shouldRefuseAnotherVersion(int version) {
    MemorySegment header = written(0);
    header.set(ValueLayout.JAVA_BYTE, 0, (byte) version);
    assertThrows(IllegalArgumentException.class, () -> Envelope.read(header));
    assertThrows(IllegalArgumentException.class, () -> Envelope.payloadLength(header));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Envelope.MAX_PAYLOAD + 1, Integer.MAX_VALUE})
  void shouldRefuseALengthOutOfRange(int length) {
    MemorySegment header = written(length);
    assertThrows(IllegalArgumentException.class, () -> Envelope.read(header));
    assertThrows(IllegalArgumentException.class, () -> Envelope.payloadLength(header));
  }

  @ParameterizedTest
  @ValueSource(ints = {36, 39, 72, 79})
  void shouldRefuseReservedBits(int place) {
    MemorySegment header = written(1);
    header.set(ValueLayout.JAVA_BYTE, place, (byte) 1);
    assertThrows(IllegalArgumentException.class, () -> Envelope.read(header));
  }

  @Test
  void shouldRefuseAShortHeader() {
    MemorySegment header = written(1).asSlice(0, Envelope.LENGTH - 1);
    assertThrows(IndexOutOfBoundsException.class, () -> Envelope.read(header));
  }

  @Test
  void shouldLimitThePayloadOfAFrame() {
    MemorySegment most = MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD]);
    assertEquals(most.byteSize(), Frame.of(ANY, most).payload().byteSize());
    assertThrows(IllegalArgumentException.class,
        () -> Frame.of(ANY, MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD + 1])));
    assertEquals(0, Frame.of(ANY).payload().byteSize());
  }

  private static MemorySegment written(int length) {
    MemorySegment header = MemorySegment.ofArray(new byte[Envelope.LENGTH]);
    ANY.write(header, length);
    return header;
  }
}
