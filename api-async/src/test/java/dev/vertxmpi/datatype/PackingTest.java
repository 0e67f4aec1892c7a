package dev.vertxmpi.datatype;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

@Domain(SpecProvider.class)
@Domain(DomainContext.Global.class)
class PackingTest {

  private enum Place { HEAP, LONGS, NATIVE }

  @Property
  void shouldPackAndUnpackAnyPart(@ForAll Spec spec, @ForAll @IntRange(min = 1, max = 40) int elements,
      @ForAll @IntRange(max = 1000000) int a, @ForAll @IntRange(max = 1000000) int b, @ForAll Place memory,
      @ForAll Place packedIn, @ForAll long seed) {
    TypeMap map = spec.map();
    long span = (elements - 1) * map.extent();
    long origin = 3 - map.trueLower() - Math.min(0, span);
    int bytes = (int) (origin + map.trueUpper() + Math.max(0, span)) + 5;
    long[] places = map.bytePlaces(origin, elements);
    int from = Math.min(a % (places.length + 1), b % (places.length + 1));
    int length = Math.max(a % (places.length + 1), b % (places.length + 1)) - from;
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    byte[] packed = new byte[length];
    for (int i = 0; i < length; i++) {
      packed[i] = content[(int) places[from + i]];
    }

    MemorySegment source = segment(memory, content);
    MessageBuffer buffer = new MessageBuffer(Memory.of(source), origin, elements, spec.build());
    MemorySegment target = segment(packedIn, new byte[length]);
    Packing.pack(buffer, from, target);
    assertArrayEquals(packed, target.toArray(ValueLayout.JAVA_BYTE));

    new Random(~seed).nextBytes(packed);
    for (int i = 0; i < length; i++) {
      content[(int) places[from + i]] = packed[i];
    }
    Packing.unpack(segment(packedIn, packed), buffer, from);
    assertArrayEquals(content, source.toArray(ValueLayout.JAVA_BYTE));
  }

  @Property
  void shouldHandOutDataThatNeedsNoPacking(@ForAll Spec spec, @ForAll @IntRange(max = 4) int elements) {
    TypeMap map = spec.map();
    long span = Math.max(0, elements - 1) * map.extent();
    long origin = -map.trueLower() - Math.min(0, span);
    int bytes = (int) (origin + map.trueUpper() + Math.max(0, span));
    long[] places = map.bytePlaces(origin, elements);
    MessageBuffer buffer = new MessageBuffer(Memory.of(segment(Place.NATIVE, new byte[bytes])), origin, elements,
        spec.build());
    boolean inOnePiece = true;
    for (int i = 1; i < places.length; i++) {
      inOnePiece &= places[i] == places[i - 1] + 1;
    }

    assertEquals(inOnePiece, Packing.contiguous(buffer).isPresent());
    Packing.contiguous(buffer).ifPresent(data -> {
      assertEquals(places.length, data.byteSize());
      if (places.length > 0) {
        assertEquals(buffer.memory().segment().address() + places[0], data.address());
      }
    });
  }

  @Test
  void shouldPackAColumnInManyStages() {
    int n = 5000;
    double[] matrix = new double[n * 3];
    Arrays.setAll(matrix, i -> i);
    Datatype column = Datatype.vector(n, 1, 3, Datatype.DOUBLE);
    double[] packed = new double[n];

    Packing.pack(MessageBuffer.of(Memory.of(MemorySegment.ofArray(matrix).asSlice(8)), 1, column), 0,
        MemorySegment.ofArray(packed));

    for (int i = 0; i < n; i++) {
      assertEquals(3 * i + 1, packed[i]);
    }
    double[] back = new double[matrix.length];
    Packing.unpack(MemorySegment.ofArray(packed), MessageBuffer.of(Memory.of(MemorySegment.ofArray(back)), 1, column),
        0);
    for (int i = 0; i < back.length; i++) {
      assertEquals(i % 3 == 0 ? i + 1 : 0, back[i]);
    }
  }

  @Test
  void shouldRefusePartsOutsideTheBuffer() {
    MessageBuffer buffer = MessageBuffer.of(new int[4]);
    MemorySegment five = MemorySegment.ofArray(new byte[5]);
    assertRefused(() -> Packing.pack(buffer, 12, five));
    assertRefused(() -> Packing.pack(buffer, -1, five));
    assertRefused(() -> Packing.unpack(five, buffer, Long.MAX_VALUE));
    Packing.pack(buffer, 16, MemorySegment.ofArray(new byte[0]));
    Packing.pack(buffer, 11, five);
  }

  @Test
  void shouldFailWhenTheMemoryIsClosed() {
    Arena arena = Arena.ofShared();
    MessageBuffer buffer = MessageBuffer.of(Memory.of(arena.allocate(16)), 4, Datatype.INT);
    arena.close();
    assertRefused(() -> Packing.pack(buffer, 0, MemorySegment.ofArray(new byte[16])));
  }

  @Test
  void shouldHandOutNothingForNoData() {
    assertTrue(Packing.contiguous(MessageBuffer.empty()).orElseThrow().byteSize() == 0);
  }

  private static void assertRefused(Runnable call) {
    assertEquals(ErrorClass.BUFFER, assertThrows(MpiException.class, call::run).errorClass());
  }

  private static MemorySegment segment(Place place, byte[] content) {
    MemorySegment segment = switch (place) {
      case HEAP -> MemorySegment.ofArray(new byte[content.length]);
      case LONGS -> MemorySegment.ofArray(new long[content.length / 8 + 1]).asSlice(1 & content.length % 8,
          content.length);
      case NATIVE -> Arena.ofAuto().allocate(content.length + 1L).asSlice(1, content.length);
    };
    MemorySegment.copy(content, 0, segment, ValueLayout.JAVA_BYTE, 0, content.length);
    return segment;
  }
}
