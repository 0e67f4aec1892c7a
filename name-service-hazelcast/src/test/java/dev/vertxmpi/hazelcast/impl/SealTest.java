package dev.vertxmpi.hazelcast.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.process.ProcessId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealTest {

  private static final PublishingKey KEY = PublishingKey.of("k".repeat(32));
  private static final NameValue VALUE = new NameValue("mpi1;\",\"proof\":\"", new ProcessId(new UUID(1, 2), 3, 0), 7,
      -8, "holder");
  private static final String SEALED = Seal.put(KEY, "orders", VALUE.encode());

  @Test
  void shouldStillBeAValue() {
    assertEquals(Optional.of(VALUE), NameValue.decode(SEALED));
    assertTrue(Seal.holds(KEY, SEALED));
    assertTrue(Seal.fits("orders", SEALED));
  }

  @Test
  void shouldKnowAnotherName() {
    assertFalse(Seal.fits("other", SEALED));
    assertTrue(Seal.fits("orders", VALUE.encode()), "says nothing of its name");
    assertFalse(Seal.holds(KEY, VALUE.encode()));
  }

  @Test
  void shouldNoticeEveryChangeOfACharacter() {
    for (int i = 0; i < SEALED.length(); i++) {
      String changed = SEALED.substring(0, i) + (char) (SEALED.charAt(i) ^ 1) + SEALED.substring(i + 1);
      boolean lastBits = i == SEALED.length() - 3;
      // Two bits of the last base64 character mean nothing.
      assertTrue(lastBits || !Seal.holds(KEY, changed), changed);
      assertFalse(Seal.holds(KEY, SEALED.substring(0, i)));
    }
    assertFalse(Seal.holds(KEY, ""));
    assertFalse(Seal.holds(PublishingKey.of("o".repeat(32)), SEALED));
  }

  @Test
  void shouldFitWithinTheLongestValue() {
    String worst = Seal.put(KEY, "\u0001".repeat(1024),
        new NameValue("\u0001".repeat(1024), VALUE.owner(), Long.MAX_VALUE, Long.MIN_VALUE,
            UUID.randomUUID().toString()).encode());
    assertTrue(worst.length() <= NameValue.MAX_LENGTH, () -> "it has " + worst.length());
    assertTrue(NameValue.decode(worst).isPresent());
  }
}
