package dev.vertxmpi.runtime.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacedStreamTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Integer> read = new CopyOnWriteArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Numbers stream = new Numbers(context);

  private static final class Numbers extends PacedStream<Integer> {
    private final Queue<Integer> queue = new ArrayDeque<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    Numbers(Context context) {
      super(context);
    }

    @Override
    protected void begin() {
      begun.incrementAndGet();
    }

    @Override
    protected void stop() {
      stopped.incrementAndGet();
    }

    @Override
    protected boolean isWaiting() {
      return !queue.isEmpty();
    }

    @Override
    protected Integer take() {
      return queue.remove();
    }

    void tell(int... numbers) {
      for (int number : numbers) {
        synchronized (this) {
          queue.add(number);
        }
        schedule();
      }
    }
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void awaitRead(Integer... numbers) {
    await().untilAsserted(() -> assertEquals(List.of(numbers), read));
  }

  /** What was scheduled on the context before has run. */
  private void settle() {
    Promise<Void> turn = Promise.promise();
    context.runOnContext(now -> context.runOnContext(next -> turn.complete()));
    turn.future().await();
  }

  @Test
  void shouldHandOverAsMuchAsIsAskedFor() {
    stream.pause().handler(read::add);
    stream.tell(1, 2, 3, 4);
    settle();
    assertEquals(List.of(), read);
    stream.fetch(2);
    awaitRead(1, 2);
    settle();
    assertEquals(List.of(1, 2), read);
    stream.resume();
    awaitRead(1, 2, 3, 4);
    assertEquals(1, stream.begun.get());
  }

  @Test
  void shouldHandOverWhatWaitsBeforeItEnds() {
    stream.endHandler(end -> ended.set(true)).pause().handler(read::add);
    stream.tell(1, 2);
    stream.end();
    stream.end();
    settle();
    assertFalse(ended.get());
    stream.resume();
    await().untilTrue(ended);
    assertEquals(List.of(1, 2), read);
    assertEquals(1, stream.stopped.get());
  }

  @Test
  void shouldEndWithoutAHandlerWhateverWaits() {
    stream.endHandler(end -> ended.set(true)).pause().handler(read::add);
    stream.tell(1);
    stream.end();
    settle();
    assertFalse(ended.get());
    stream.handler(null);
    await().untilTrue(ended);
    assertTrue(read.isEmpty());
  }

  @Test
  void shouldGoOnAfterAHandlerThatThrows() {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    context.exceptionHandler(thrown::add);
    stream.handler(number -> {
      read.add(number);
      if (number == 1) {
        throw new IllegalStateException("of the user");
      }
    });
    stream.tell(1, 2);
    awaitRead(1, 2);
    assertEquals(1, thrown.size());
  }

  @Test
  void shouldTellOfAFailureAndEnd() {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    stream.exceptionHandler(failures::add).endHandler(end -> ended.set(true)).handler(read::add);
    stream.fail(new IllegalStateException("of the source"));
    stream.fail(new IllegalStateException("of no interest any more"));
    await().untilTrue(ended);
    assertEquals(1, failures.size());
    assertEquals("of the source", failures.getFirst().getMessage());
  }
}
