package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rma.Meeting.Sort;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Meetings of simulated ranks: frames of a pair arrive in order, all else in any order. */
class MeetingTest {

  private final Map<List<Integer>, Queue<Runnable>> links = new LinkedHashMap<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private final List<List<Verdict>> heard = new ArrayList<>();
  private final Set<Integer> dead = new HashSet<>();

  /** One instance serves all tries of a property. */
  private void make(int size) {
    links.clear();
    meetings.clear();
    heard.clear();
    dead.clear();
    UUID job = new UUID(3, 4);
    Group group = new Group(IntStream.range(0, size).mapToObj(i -> new ProcessId(job, i, 0)).toList());
    for (int i = 0; i < size; i++) {
      meetings.add(new Meeting(node(), new Members(ContextId.ofJob(job), group, i)));
      heard.add(new ArrayList<>());
    }
  }

  private Node node() {
    return (Node) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Node.class},
        (proxy, method, arguments) -> {
          Envelope envelope = ((Frame) arguments[1]).envelope();
          later(envelope.source(), envelope.target(), () -> meetings.get(envelope.target()).onFrame(envelope));
          return Future.succeededFuture();
        });
  }

  private void later(int from, int to, Runnable event) {
    links.computeIfAbsent(List.of(from, to), pair -> new ArrayDeque<>()).add(event);
  }

  /** Runs whatever is under way, in random order; what is for the dead is lost. */
  private void run(Random random) {
    while (true) {
      List<List<Integer>> busy = links.keySet().stream().filter(pair -> !links.get(pair).isEmpty()).toList();
      if (busy.isEmpty()) {
        return;
      }
      List<Integer> pair = busy.get(random.nextInt(busy.size()));
      Runnable event = links.get(pair).remove();
      if (!dead.contains(pair.get(1))) {
        event.run();
      }
    }
  }

  private void enter(int rank, Sort sort, Verdict verdict) {
    meetings.get(rank).enter(sort, verdict, heard.get(rank)::add);
  }

  @Property(tries = 200)
  void shouldLetNobodyPassBeforeAllHaveCome(@ForAll @IntRange(min = 1, max = 19) int size, @ForAll Random random) {
    make(size);
    for (int i = 0; i < size; i++) {
      heard.forEach(verdicts -> assertEquals(List.of(), verdicts));
      enter(i, Sort.FENCE, Verdict.GOOD);
      enter(i, Sort.FENCE, i % 5 == 3 ? new Verdict(ErrorClass.RMA_RANGE, i) : Verdict.GOOD);
      enter(i, Sort.FREE, Verdict.GOOD);
      if (i < size - 1) {
        run(random);
      }
    }
    run(random);
    Verdict second = size > 3 ? new Verdict(ErrorClass.RMA_RANGE, 3) : Verdict.GOOD;
    heard.forEach(verdicts -> assertEquals(List.of(Verdict.GOOD, second, Verdict.GOOD), verdicts));
  }

  @Property(tries = 200)
  void shouldFailAllWhereOneDiesBeforeItComes(@ForAll @IntRange(min = 2, max = 19) int size, @ForAll Random random) {
    make(size);
    int lost = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      if (i != lost) {
        enter(i, Sort.FENCE, Verdict.GOOD);
      }
    }
    dead.add(lost);
    for (int i = 0; i < size; i++) {
      int rank = i;
      later(lost, i, () -> meetings.get(rank).depart(lost));
    }
    run(random);
    for (int i = 0; i < size; i++) {
      if (i != lost) {
        assertEquals(List.of(new Verdict(ErrorClass.PROC_FAILED, lost)), heard.get(i));
      }
    }
  }

  @Property(tries = 200)
  void shouldSettleAllWhoeverLeavesWhenever(@ForAll @IntRange(min = 2, max = 19) int size, @ForAll Random random) {
    make(size);
    for (int i = 0; i < size; i++) {
      int rank = i;
      // Each leaves as soon as it is through: what it has said stays said.
      meetings.get(i).enter(Sort.FREE, Verdict.GOOD, verdict -> {
        heard.get(rank).add(verdict);
        for (int other = 0; other < size; other++) {
          int to = other;
          later(rank, other, () -> meetings.get(to).depart(rank));
        }
      });
    }
    run(random);
    heard.forEach(verdicts -> assertEquals(List.of(Verdict.GOOD), verdicts));
  }

  @Property(tries = 100)
  void shouldTellAllOfDifferentCalls(@ForAll @IntRange(min = 2, max = 19) int size, @ForAll Random random) {
    make(size);
    int odd = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      enter(i, i == odd ? Sort.FREE : Sort.FENCE, Verdict.GOOD);
    }
    run(random);
    for (List<Verdict> verdicts : heard) {
      assertNotNull(verdicts.getFirst());
      assertEquals(ErrorClass.COLLECTIVE_MISMATCH, verdicts.getFirst().cause());
    }
  }
}
