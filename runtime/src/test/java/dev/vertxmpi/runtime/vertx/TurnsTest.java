package dev.vertxmpi.runtime.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Vertx vertx = Vertx.vertx();
  private final Turns turns = new Turns();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void shouldLetOtherWorkComeInBetween() {
    Context loop = ((VertxInternal) vertx).createEventLoopContext();
    loop.runOnContext(here -> {
      turns.add(loop, () -> loop.runOnContext(now -> log.add("other")));
      for (int i = 0; i < 10; i++) {
        String name = "piece " + i;
        turns.add(loop, () -> log.add(name));
      }
      assertEquals(List.of(), log);
    });
    await().until(() -> log.size() == 11);
    assertTrue(log.indexOf("other") < 2, log.toString());
  }

  @Test
  void shouldRunEachPieceOnItsContextInOrder() {
    List<Context> contexts = IntStream.range(0, 20)
        .<Context>mapToObj(i -> ((VertxInternal) vertx).createEventLoopContext()).toList();
    List<Integer> wrong = new CopyOnWriteArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < contexts.size(); i++) {
        String piece = i + "." + round;
        Context context = contexts.get(i);
        int number = i;
        turns.add(context, () -> {
          if (!context.equals(Vertx.currentContext())) {
            wrong.add(number);
          }
          log.add(piece);
        });
      }
    }
    await().until(() -> log.size() == 100);
    assertEquals(List.of(), wrong);
    for (int i = 0; i < contexts.size(); i++) {
      String of = i + ".";
      assertEquals(IntStream.range(0, 5).mapToObj(round -> of + round).toList(),
          log.stream().filter(piece -> piece.startsWith(of)).toList());
    }
  }

  @Test
  void shouldGoOnAfterAPieceThatFails() {
    Context loop = ((VertxInternal) vertx).createEventLoopContext();
    loop.exceptionHandler(expected -> log.add(expected.getMessage()));
    turns.add(loop, () -> {
      throw new IllegalStateException("broken");
    });
    turns.add(loop, () -> log.add("next"));
    await().until(() -> log.containsAll(List.of("broken", "next")));
  }

  @Test
  void shouldNotLetOneWorkerWaitForAnother() {
    CountDownLatch release = new CountDownLatch(1);
    Promise<Void> ran = Promise.promise();
    turns.add(((VertxInternal) vertx).createWorkerContext(), () -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    turns.add(((VertxInternal) vertx).createWorkerContext(), ran::complete);
    ran.future().await();
    release.countDown();
  }
}
