package dev.vertxmpi.runtime.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vertxmpi.memory.Memory.SharedRegion;
import java.lang.foreign.MemorySegment;
import java.util.Random;
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

  @Test
  void shouldMakeSomethingOrNothingOfAnyBytes() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      Announcement read = Announcement.decode(MemorySegment.ofArray(bytes));
      if (read != null && read.region() != null) {
        assertEquals(bytes.length >= 17 && read.length() >= 0 && read.region().offset() >= 0, true);
      }
    }
  }
}
