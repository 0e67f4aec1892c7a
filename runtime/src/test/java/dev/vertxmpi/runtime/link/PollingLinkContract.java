package dev.vertxmpi.runtime.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Link;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every link must do where loops of ranks look at it. */
public abstract class PollingLinkContract extends LinkContract {

  private final List<Context> contexts = new ArrayList<>();
  private final List<Runnable> undo = new ArrayList<>();

  protected PollingLinkContract(LinkBackend backend) {
    super(backend);
  }

  @Override
  protected Vertx newVertx() {
    return Loops.polling(Vertx.builder().with(new VertxOptions().setEventLoopPoolSize(4))).build();
  }

  @Override
  protected LinkEnd end() {
    LinkEnd end = super.end();
    Context rank = newContext();
    contexts.add(rank);
    undo.add(end.endpoint.progressOn(rank));
    return end;
  }

  /** On a loop of its own, in turn. */
  private Context newContext() {
    Promise<Context> made = Promise.promise();
    vertx.deployVerticle(context -> {
      made.complete(vertx.getOrCreateContext());
      return Future.succeededFuture();
    }).await();
    return made.future().await();
  }

  private AtomicInteger counted() {
    AtomicInteger count = new AtomicInteger();
    b.taker = frame -> {
      assertEquals(count.get(), frame.envelope().sequence());
      frame.release();
      count.incrementAndGet();
    };
    return count;
  }

  /** Holds up the loop of an end until the latch is open. */
  private CountDownLatch block(Context loop) throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    loop.runOnContext(now -> {
      blocked.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    blocked.await();
    return release;
  }

  @Test
  void shouldDeliverOnTheLoopOfTheRank() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Promise<Thread> expected = Promise.promise();
    contexts.get(1).runOnContext(here -> expected.complete(Thread.currentThread()));
    Link link = link();
    b.taker = frame -> {
      frame.release();
      thread.set(Thread.currentThread());
    };
    // The endpoint's loop may be the first to look.
    await().until(() -> {
      link.send(frame(0, 0, new byte[8])).await();
      return expected.future().await().equals(thread.get());
    });
  }

  @Test
  void shouldWakeASleepingLoop() {
    AtomicInteger count = counted();
    Link link = link();
    Context sender = contexts.getFirst();
    for (int i = 0; i < 50; i++) {
      int number = i;
      vertx.timer(3).await();
      sender.runOnContext(here -> link.send(frame(0, number, new byte[8])));
      await().pollDelay(Duration.ZERO).until(() -> count.get() == number + 1);
    }
  }

  @Test
  void shouldGoOnWhileTheLoopOfTheReceiverIsStuck() throws InterruptedException {
    AtomicInteger count = counted();
    Link link = link();
    CountDownLatch release = block(contexts.get(1));
    for (int i = 0; i < 20; i++) {
      link.send(frame(0, i, new byte[50_000]));
    }
    await().until(() -> count.get() == 20);
    contexts.getFirst().runOnContext(here -> {
      for (int i = 20; i < 100; i++) {
        link.send(frame(0, i, new byte[50_000]));
      }
    });
    await().until(() -> count.get() == 100);
    release.countDown();
    link.send(frame(0, 100, new byte[1]));
    await().until(() -> count.get() == 101);
  }

  @Test
  void shouldGoOnWhileTheLoopOfTheSenderIsStuck() throws InterruptedException {
    AtomicInteger count = counted();
    Link link = link();
    CountDownLatch released = new CountDownLatch(1);
    contexts.getFirst().runOnContext(here -> {
      for (int i = 0; i < 50; i++) {
        link.send(frame(0, i, new byte[Envelope.MAX_PAYLOAD]));
      }
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    await().until(() -> count.get() == 50);
    link.send(frame(0, 50, new byte[1])).await();
    await().until(() -> count.get() == 51);
    released.countDown();
  }

  @Test
  void shouldPassToTheNextLoopAndToNone() {
    AtomicInteger count = counted();
    Link link = link();
    Context second = newContext();
    Runnable undoSecond = b.endpoint.progressOn(second);
    int sent = 0;
    for (Runnable change : List.<Runnable>of(() -> { }, undo.get(1), undoSecond)) {
      change.run();
      for (int i = 0; i < 2000; i++) {
        link.send(frame(0, sent++, new byte[i % 100]));
      }
      int all = sent;
      await().until(() -> count.get() == all);
    }
  }

  @Test
  void shouldKeepTheOrderOfALoopAndThreads() {
    AtomicInteger count = counted();
    Link link = link();
    Context sender = contexts.getFirst();
    int[] sent = new int[1];
    for (int turn = 0; turn < 200; turn++) {
      Promise<Void> done = Promise.promise();
      sender.runOnContext(here -> {
        for (int i = 0; i < 20; i++) {
          link.send(frame(0, sent[0]++, new byte[i * 1000]));
        }
        done.complete();
      });
      done.future().await();
      for (int i = 0; i < 20; i++) {
        link.send(frame(0, sent[0]++, new byte[i * 1000]));
      }
    }
    await().until(() -> count.get() == 8000);
  }
}
