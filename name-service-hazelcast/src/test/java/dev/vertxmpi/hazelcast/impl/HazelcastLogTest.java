package dev.vertxmpi.hazelcast.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class HazelcastLogTest {

  @Test
  void shouldBeQuietUnlessAsked() {
    assertEquals(Level.SEVERE, HazelcastLog.level(null));
    assertEquals(Level.SEVERE, HazelcastLog.level("nonsense"));
    assertEquals(Level.INFO, HazelcastLog.level(" info "));
  }
}
