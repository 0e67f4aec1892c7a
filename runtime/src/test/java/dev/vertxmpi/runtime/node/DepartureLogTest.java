package dev.vertxmpi.runtime.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.process.ProcessId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DepartureLogTest {

  private final UUID job = UUID.randomUUID();
  private final DepartureLog log = new DepartureLog();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Integer> heard = new ArrayList<>();

  private void depart(int rank) {
    log.add(new Departure(new ProcessId(job, rank, 0), "test")).run();
  }

  private Runnable follow() {
    return log.follow(tasks::add, gone -> heard.add(gone.process().rank()));
  }

  @Test
  void shouldTellOfManyWithOneTask() {
    follow();
    depart(0);
    depart(1);
    depart(2);
    assertEquals(1, tasks.size());
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
    assertEquals(List.of(0, 1, 2), heard);
  }

  @Test
  void shouldNotOvertakeWhatStandsInTheQueue() {
    follow();
    depart(0);
    tasks.add(() -> heard.add(-1));
    depart(1);
    while (!tasks.isEmpty()) {
      tasks.poll().run();
    }
    assertEquals(List.of(0, -1, 1), heard);
  }

  @Test
  void shouldTellOfThoseWhoWentBefore() {
    depart(0);
    depart(1);
    log.removeOldest();
    follow();
    tasks.poll().run();
    assertEquals(List.of(1), heard);
  }

  @Test
  void shouldTellNothingAfterTheEnd() {
    Runnable stop = follow();
    depart(0);
    stop.run();
    depart(1);
    tasks.forEach(Runnable::run);
    assertEquals(List.of(), heard);
    assertEquals(0, log.followers());
  }
}
