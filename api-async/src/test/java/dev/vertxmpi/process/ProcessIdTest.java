package dev.vertxmpi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdTest {

  private static final UUID JOB = UUID.randomUUID();

  @Test
  void shouldComeBackFromItsText() {
    ProcessId id = new ProcessId(JOB, 12, 3);
    assertEquals(id, ProcessId.parse(id.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", ":.", "x:1.0", "1.0", "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed:1",
      "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed:a.0", "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed:1.99999999999"})
  void shouldRefuseOtherText(String text) {
    assertThrows(IllegalArgumentException.class, () -> ProcessId.parse(text));
  }

  @Test
  void shouldSortByRankThenIncarnation() {
    ProcessId first = new ProcessId(JOB, 1, 5);
    assertTrue(first.compareTo(new ProcessId(JOB, 2, 0)) < 0);
    assertTrue(first.compareTo(new ProcessId(JOB, 1, 6)) < 0);
    assertEquals(0, first.compareTo(new ProcessId(JOB, 1, 5)));
  }

  @Test
  void shouldKnowItsRankInAGroup() {
    Group group = new Group(List.of(new ProcessId(JOB, 1, 0), new ProcessId(JOB, 0, 0)));
    assertEquals(1, group.rankOf(new ProcessId(JOB, 0, 0)));
    assertEquals(-1, group.rankOf(new ProcessId(JOB, 0, 1)));
    assertEquals(2, group.size());
    assertEquals(new ProcessId(JOB, 1, 0), group.get(0));
  }

  @Test
  void shouldDeriveTheSameContextEverywhere() {
    ContextId world = ContextId.ofJob(JOB);
    assertEquals(world, ContextId.ofJob(JOB));
    assertEquals(world.derive("dup", 1), world.derive("dup", 1));
    assertNotEquals(world.derive("dup", 1), world.derive("dup", 2));
    assertNotEquals(world.derive("dup", 1), world.derive("window", 1));
    assertNotEquals(ContextId.ofConnection(JOB, new UUID(1, 2)), ContextId.ofConnection(new UUID(1, 2), JOB));
    assertEquals(32, world.toString().length());
  }
}
