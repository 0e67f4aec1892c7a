package dev.vertxmpi.runtime.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingWorkTest {

  private final Vertx vertx = Vertx.vertx();
  private final BlockingWork work = new BlockingWork(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static <T> T blocked(CountDownLatch latch, T result) throws InterruptedException {
    latch.await();
    return result;
  }

  @Test
  void shouldHaveNothingToWaitForAtFirst() {
    assertTrue(work.settled().succeeded());
  }

  @Test
  void shouldWaitForAllThatHasBegun() {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Future<Integer> one = work.run(() -> blocked(first, 1));
    Future<Integer> two = work.run(() -> blocked(second, 2));
    Future<Void> settled = work.settled();
    first.countDown();
    assertEquals(1, one.await());
    assertFalse(settled.isComplete());
    second.countDown();
    settled.await();
    assertEquals(2, two.await());
  }

  @Test
  void shouldWaitForWhatBeginsMeanwhile() {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    Future<Future<Integer>> outer = work.run(() -> {
      first.await();
      return work.run(() -> blocked(second, 2));
    });
    Future<Void> settled = work.settled();
    first.countDown();
    outer.await();
    assertFalse(settled.isComplete());
    second.countDown();
    settled.await();
    assertTrue(outer.result().isComplete());
  }

  /** A worker completes a Future before the loop hears of it. */
  @Test
  void shouldSettleWhileTheLoopHasYetToHearOfTheEnd() {
    Promise<Future<Void>> settled = Promise.promise();
    vertx.getOrCreateContext().runOnContext(now -> {
      try {
        Future<Integer> one = work.run(() -> 1);
        while (!one.isComplete()) {
          Thread.onSpinWait();
        }
        settled.complete(work.settled());
      } catch (StackOverflowError e) {
        settled.fail(e);
      }
    });
    Future<Void> outcome = settled.future().await();
    assertTrue(outcome.succeeded(), outcome::toString);
  }

  @Test
  void shouldSettleAfterAFailure() {
    Future<Void> failing = work.run(() -> {
      throw new IllegalStateException("no");
    });
    await().until(failing::failed);
    await().until(() -> work.settled().succeeded());
    assertEquals("no", failing.cause().getMessage());
  }
}
