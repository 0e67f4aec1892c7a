package dev.vertxmpi.runtime.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);

  private final Backlog backlog = new Backlog();

  private void add(String service, long epoch) {
    backlog.add(new NameEvent(NameEvent.Kind.PUBLISHED, new NameEntry(service, "port", OWNER, epoch)));
  }

  @Test
  void shouldKeepEveryEventOfAFew() {
    for (int i = 0; i < Backlog.FEW; i++) {
      add("same", i);
    }
    for (int i = 0; i < Backlog.FEW; i++) {
      assertEquals(i, backlog.poll().entry().epoch());
    }
    assertTrue(backlog.isEmpty());
  }

  @Test
  void shouldKeepTheLastEventOfEachNameOfMany() {
    int events = 100_000;
    for (int i = 0; i < events; i++) {
      add("name " + i % 10, i);
      assertTrue(backlog.size() <= Backlog.FEW);
    }
    NameEvent last = null;
    while (!backlog.isEmpty()) {
      NameEvent next = backlog.poll();
      assertTrue(last == null || last.entry().epoch() < next.entry().epoch(), "in order");
      last = next;
    }
    assertEquals(events - 1, last.entry().epoch());
  }

  @Test
  void shouldKeepEveryNameHoweverMany() {
    int names = 10 * Backlog.FEW;
    for (int i = 0; i < 3 * names; i++) {
      add("name " + i % names, i);
    }
    assertTrue(backlog.size() >= names && backlog.size() <= 2 * names + 1);
  }
}
