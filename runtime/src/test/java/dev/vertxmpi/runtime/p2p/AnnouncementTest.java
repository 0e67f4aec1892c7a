package dev.vertxmpi.runtime.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vertxmpi.memory.Memory.SharedRegion;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

  @Test
  void shouldReadWhatItWrote() {
    Announcement plain = new Announcement(70_000, null);
    Announcement shared = new Announcement(1L << 40, new SharedRegion("3-a1b2/7", 4096));

    assertEquals(plain, Announcement.decode(plain.encode()));
    assertEquals(shared, Announcement.decode(shared.encode()));
  }

  @Test
  void shouldRefuseLengthsAndPlacesThatCannotBe() {
    assertNull(Announcement.decode(new Announcement(-1, null).encode()));
    assertNull(Announcement.decode(new Announcement(8, new SharedRegion("r", -8)).encode()));
    assertNull(Announcement.decode(new Announcement(8, new SharedRegion("r", Long.MAX_VALUE)).encode()));
    assertNull(Announcement.decode(new Announcement(8, new SharedRegion("r".repeat(256), 0)).encode()));
    assertNull(Announcement.decode(MemorySegment.ofArray(new byte[7])));
    assertNull(Announcement.decode(MemorySegment.ofArray(new byte[16])));
  }
}
