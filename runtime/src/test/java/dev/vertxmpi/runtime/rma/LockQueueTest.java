package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.runtime.rma.LockQueue.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LockQueueTest {

  private static final UUID JOB = new UUID(1, 2);

  private LockQueue queue = new LockQueue();
  private final List<Request> waiting = new ArrayList<>();
  private final Map<ProcessId, Request> holders = new HashMap<>();

  private static ProcessId process(int rank) {
    return new ProcessId(JOB, rank, 0);
  }

  private void granted(List<Request> requests) {
    for (Request request : requests) {
      assertEquals(waiting.removeFirst(), request, "first come, first served");
      holders.put(request.holder(), request);
    }
    long exclusive = holders.values().stream().filter(holder -> holder.type() == LockType.EXCLUSIVE).count();
    assertTrue(exclusive == 0 || holders.size() == 1, "an exclusive holder is alone");
    if (!waiting.isEmpty()) {
      boolean must = !holders.isEmpty() && (exclusive > 0 || waiting.getFirst().type() == LockType.EXCLUSIVE);
      assertTrue(must, "who waits has a reason to");
    }
  }

  /** Any order of requests, releases, withdrawals and deaths, against a simple model. */
  @Property
  void shouldKeepItsRules(@ForAll @Size(max = 100) List<@IntRange(min = 0, max = 39) Integer> steps) {
    queue = new LockQueue();
    waiting.clear();
    holders.clear();
    long number = 0;
    for (int step : steps) {
      ProcessId who = process(step % 10);
      boolean waits = waiting.stream().anyMatch(request -> request.holder().equals(who));
      if (step < 20 && !waits && !holders.containsKey(who)) {
        Request request = new Request(who, ++number, step < 10 ? LockType.SHARED : LockType.EXCLUSIVE);
        waiting.add(request);
        granted(queue.ask(request));
      } else if (step < 35) {
        long mine = holders.containsKey(who) ? holders.get(who).number() : waiting.stream()
            .filter(request -> request.holder().equals(who)).mapToLong(Request::number).findFirst().orElse(-1);
        holders.remove(who);
        waiting.removeIf(request -> request.holder().equals(who));
        granted(queue.release(who, mine));
      } else {
        holders.remove(who);
        waiting.removeIf(request -> request.holder().equals(who));
        granted(queue.depart(who));
      }
    }
  }

  @Example
  void shouldNotTakeOneIncarnationForAnother() {
    Request old = new Request(new ProcessId(JOB, 1, 0), 1, LockType.EXCLUSIVE);
    Request young = new Request(new ProcessId(JOB, 1, 1), 1, LockType.EXCLUSIVE);
    assertEquals(List.of(old), queue.ask(old));
    assertEquals(List.of(), queue.ask(young));
    assertEquals(List.of(), queue.release(young.holder(), 7));
    assertEquals(List.of(young), queue.depart(old.holder()));
  }
}
