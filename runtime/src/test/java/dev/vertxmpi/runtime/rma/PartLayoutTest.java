package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PartLayoutTest {

  private static List<List<Long>> blocks(PartLayout layout, long base) {
    List<List<Long>> blocks = new ArrayList<>();
    layout.forEach(base, (place, packed, length) -> blocks.add(List.of(place, packed, length)));
    return blocks;
  }

  private static PartLayout layout(List<Integer> numbers) {
    PartLayout layout = new PartLayout();
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      layout.add(numbers.get(i), 1 + Math.floorMod(numbers.get(i + 1), 5));
    }
    return layout;
  }

  @Property
  void shouldReadWhatItWrote(@ForAll @Size(min = 2, max = 60) List<@IntRange(min = -50, max = 50) Integer> numbers) {
    PartLayout layout = layout(numbers);
    MemorySegment encoded = MemorySegment.ofArray(new byte[layout.encodedLength()]);
    layout.encode(encoded);
    Varint reader = new Varint(encoded);
    PartLayout read = PartLayout.decode(reader);
    assertEquals(0, reader.remaining());
    assertEquals(layout.bytes(), read.bytes());
    assertEquals(blocks(layout, 7), blocks(read, 7));
  }

  @Property
  void shouldKnowWhatLiesInTheWindow(
      @ForAll @Size(min = 2, max = 20) List<@IntRange(min = -20, max = 20) Integer> numbers,
      @ForAll @IntRange(min = -10, max = 40) int base, @ForAll @IntRange(min = 0, max = 60) int size) {
    PartLayout layout = layout(numbers);
    boolean within = blocks(layout, base).stream().allMatch(block ->
        block.get(0) >= 0 && block.get(0) + block.get(2) <= size);
    assertEquals(within, layout.isWithin(base, size));
  }

  @Property
  void shouldRefuseOrBoundWhateverComes(@ForAll byte[] bytes, @ForAll long base, @ForAll long windowSize) {
    try {
      PartLayout layout = PartLayout.decode(new Varint(MemorySegment.ofArray(bytes)));
      assertTrue(layout.bytes() > 0 && layout.bytes() <= Envelope.MAX_PAYLOAD);
      if (layout.isWithin(base, Math.abs(windowSize >> 1))) {
        long end = Math.abs(windowSize >> 1);
        layout.forEach(base, (place, packed, length) -> assertTrue(place >= 0 && place <= end - length));
      }
    } catch (IllegalArgumentException refused) {
      assertTrue(!refused.getMessage().isEmpty());
    }
  }

  @Property
  void shouldKeepNumbers(@ForAll long number) {
    MemorySegment segment = MemorySegment.ofArray(new byte[Varint.length(number)]);
    new Varint(segment).write(number);
    assertEquals(number, new Varint(segment).read());
    assertEquals(number, Varint.unfold(Varint.fold(number)));
  }
}
