package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** The layout of a part that a peer sends is bounded, and never leads outside the window, or is refused. */
class PartLayoutFuzzTest {

  private static final long WINDOW = 1 << 12;

  private static byte[] encoded(int blocks, long stride, int length) {
    PartLayout layout = new PartLayout();
    for (int i = 0; i < blocks; i++) {
      layout.add(i * stride, length);
    }
    layout.add(3000, length + 1);
    byte[] bytes = new byte[layout.encodedLength()];
    layout.encode(MemorySegment.ofArray(bytes));
    return bytes;
  }

  @Test
  void shouldBoundOrRefuseAnyLayout() {
    Fuzz.of(encoded(5, 100, 8), encoded(40, -3, 1), encoded(1, 0, 300)).run(input -> {
      PartLayout layout = PartLayout.decode(new Varint(MemorySegment.ofArray(input)));
      assertTrue(layout.bytes() > 0 && layout.bytes() <= Envelope.MAX_PAYLOAD);
      if (layout.isWithin(200, WINDOW)) {
        layout.forEach(200, (place, packed, length) -> {
          if (place < 0 || place > WINDOW - length || packed < 0 || packed > layout.bytes() - length) {
            throw new AssertionError("a block of " + length + " at " + place + ", packed at " + packed);
          }
        });
      }
    }).mustTakeSome();
  }
}
