package dev.vertxmpi.launcher.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollTest {

  private static Roll started(int size) {
    Roll roll = new Roll(size);
    roll.all().forEach(roll::started);
    return roll;
  }

  @Test
  void shouldKnowWhoIsAwaited() {
    Roll roll = started(4);
    roll.joined(0);
    roll.joined(2);
    roll.ended(3);
    assertEquals(List.of(1), roll.awaited());
    assertFalse(roll.allJoined());
    assertEquals(List.of(0, 1, 2), roll.running());
  }

  @Test
  void shouldKnowWhenAllHaveJoined() {
    Roll roll = started(2);
    roll.joined(1);
    roll.joined(0);
    assertTrue(roll.allJoined());
    assertEquals(List.of(), roll.awaited());
  }

  @Test
  void shouldNotMissRanksThatNobodyWaitsFor() {
    Roll roll = started(2);
    roll.ended(1);
    assertEquals(List.of(), roll.strays());
    roll.joined(0);
    assertEquals(List.of(1), roll.strays());
    roll.ended(0);
    assertEquals(List.of(), roll.strays());
  }

  @Test
  void shouldNameLateRanksOnceAfterAPause() {
    Roll roll = started(3);
    roll.joined(0);
    assertEquals(Optional.empty(), roll.overdue());
    assertEquals(List.of(1, 2), await().until(roll::overdue, Optional::isPresent).orElseThrow());
    assertEquals(Optional.empty(), roll.overdue());
  }
}
