package dev.vertxmpi.hazelcast.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes at one map, which loses entries, and does what it is asked but does not say so. */
class NameTableIT {

  private static final ProcessId ALICE = new ProcessId(UUID.randomUUID(), 0, 0);
  private static final ProcessId BOB = new ProcessId(UUID.randomUUID(), 0, 0);

  private static HazelcastInstance member;
  private static IMap<String, Object> map;

  private final List<String> lost = new ArrayList<>();
  /** What writes answer instead, after they were done. */
  private final Queue<RuntimeException> answers = new ArrayDeque<>();
  private final Set<String> dead = new HashSet<>();
  /** Holders that others know by another id now. */
  private final Map<String, String> renamed = new HashMap<>();
  private final NameTable alice = table("alice");
  private final NameTable bob = table("bob");

  @BeforeAll
  static void begin() {
    member = Hazelcast.newHazelcastInstance(MemberConfig.member("test-" + UUID.randomUUID(), "127.0.0.1", 0,
        List.of()));
    map = member.getMap(NameServers.MAP);
  }

  @AfterAll
  static void end() {
    member.shutdown();
  }

  @BeforeEach
  void empty() {
    map.clear();
    alice.losses().add(entry -> lost.add("alice: " + entry.service() + " " + entry.port()));
    bob.losses().add(entry -> lost.add("bob: " + entry.service() + " " + entry.port()));
  }

  private NameTable table(String holder) {
    return new NameTable(new NameBackend() {
      @Override
      public IMap<String, Object> map() {
        return mumbling();
      }

      @Override
      public String holder() {
        return renamed.getOrDefault(holder, holder);
      }

      @Override
      public boolean lives(String other) {
        return !dead.contains(other);
      }

      @Override
      public MpiException explain(Throwable failure) {
        return MpiException.of(failure);
      }

      @Override
      public String scope() {
        return "a test";
      }

      @Override
      public void close() {
        // The member is that of all tests.
      }
    });
  }

  @SuppressWarnings("unchecked")
  private IMap<String, Object> mumbling() {
    return (IMap<String, Object>) Proxy.newProxyInstance(IMap.class.getClassLoader(), new Class<?>[] {IMap.class},
        (proxy, method, args) -> {
          try {
            Object result = method.invoke(map, args);
            boolean write = List.of("putIfAbsent", "replace", "remove").contains(method.getName());
            if (write && !answers.isEmpty()) {
              throw answers.remove();
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private String found() {
    return alice.find("orders").map(NameEntry::port).orElse("nothing");
  }

  @Test
  void shouldPutBackWhatTheStoreLost() {
    alice.publish("orders", "port", ALICE, true);
    map.clear();
    alice.reclaim();
    assertEquals("port", found());
    alice.unpublish("orders", ALICE);
    alice.reclaim();
    assertEquals("nothing", found());
    assertEquals(List.of(), lost);
  }

  @Test
  void shouldTellWhoLostANameOnce() {
    alice.publish("orders", "old", ALICE, false);
    map.clear();
    bob.publish("orders", "new", BOB, true);
    alice.reclaim();
    alice.reclaim();
    bob.reclaim();
    assertEquals(List.of("alice: orders old"), lost);
    assertEquals("new", found());
  }

  @Test
  void shouldNotTellWhoWasReplaced() {
    alice.publish("orders", "old", ALICE, true);
    bob.publish("orders", "new", BOB, false);
    alice.reclaim();
    bob.unpublish("orders", BOB);
    alice.reclaim();
    assertEquals(List.of(), lost);
    assertEquals("nothing", found());
  }

  @Test
  void shouldReplaceAgainWhomItHadReplaced() {
    alice.publish("orders", "old", ALICE, true);
    bob.publish("orders", "new", BOB, false);
    map.clear();
    alice.reclaim();
    assertEquals("old", found());
    bob.reclaim();
    alice.reclaim();
    assertEquals("new", found());
    assertEquals(List.of(), lost);
  }

  @Test
  void shouldHoldItsNamesByItsNewIdBeforeTheOldOneCountsAsGone() {
    alice.publish("orders", "port", ALICE, true);
    renamed.put("alice", "alice again");
    alice.reclaim();
    dead.add("alice");
    bob.sweep();
    assertEquals("port", found());
    assertEquals(List.of(), lost);
  }

  @Test
  void shouldTakeItsNameBackFromWhoDied() {
    alice.publish("orders", "old", ALICE, true);
    bob.publish("orders", "new", BOB, false);
    dead.add("bob");
    alice.reclaim();
    assertEquals("old", found());
    assertEquals(List.of(), lost);
  }

  @Test
  void shouldLeaveTheNamesOfTheDeadToASweep() {
    bob.publish("orders", "port", BOB, true);
    dead.add("bob");
    assertEquals("nothing", found());
    assertEquals(1, map.size());
    alice.sweep();
    assertEquals(0, map.size());
  }

  @Test
  void shouldPublishOnceWhereNoAnswerComes() {
    answers.add(new IndeterminateOperationStateException("test"));
    answers.add(new IndeterminateOperationStateException("test"));
    NameValue published = alice.publish("orders", "port", ALICE, true);
    assertEquals(Optional.of(published), NameValue.decode(map.get("orders")));
    assertEquals(ErrorClass.NAME, assertThrows(MpiException.class, () ->
        bob.publish("orders", "other", BOB, true)).errorClass());
    // What is in doubt is taken back at once: by now this would have been.
    await().during(Duration.ofMillis(500)).until(this::found, "port"::equals);
  }

  @Test
  void shouldTakeBackWhatArrivedForNobody() {
    answers.add(new IndeterminateOperationStateException("test"));
    answers.add(new IllegalStateException("test"));
    assertThrows(IllegalStateException.class, () -> alice.publish("orders", "port", ALICE, true));
    await().until(() -> found().equals("nothing"));
    alice.reclaim();
    assertEquals("nothing", found());
  }

  @Test
  void shouldTakeBackWhatNobodyWaitsForAnyMore() {
    NameValue late = alice.publish("orders", "port", ALICE, true);
    alice.withdraw("orders", late);
    await().until(() -> found().equals("nothing"));
    alice.reclaim();
    assertEquals("nothing", found());
  }

  @Test
  void shouldTakeBackOnceWhereNoAnswerComes() {
    alice.publish("orders", "port", ALICE, true);
    answers.add(new IndeterminateOperationStateException("test"));
    alice.unpublish("orders", ALICE);
    assertEquals("nothing", found());
    assertEquals(ErrorClass.SERVICE,
        assertThrows(MpiException.class, () -> alice.unpublish("orders", ALICE)).errorClass());
  }
}
