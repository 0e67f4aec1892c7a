package dev.vertxmpi.runtime.p2p;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.memory.Memory.SharedRegion;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** The announcement of a message that a peer sends is one, or nothing. */
class AnnouncementFuzzTest {

  private static byte[] encoded(long length, SharedRegion region) {
    return new Announcement(length, region).encode().toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void shouldMakeSomethingOrNothingOfAnyBytes() {
    Fuzz.of(encoded(70_000, null), encoded(1L << 40, new SharedRegion("3-a1b2/7", 4096))).refusing().run(input -> {
      Announcement read = Announcement.decode(MemorySegment.ofArray(input));
      if (read != null) {
        assertTrue(read.length() >= 0);
        SharedRegion region = read.region();
        assertTrue(region == null || (region.offset() >= 0 && region.offset() + read.length() >= 0));
        assertTrue(region == null || (input.length > 16 && region.name().length() <= Announcement.MOST_NAME));
      }
    });
  }
}
