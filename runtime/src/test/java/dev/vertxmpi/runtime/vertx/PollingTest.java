package dev.vertxmpi.runtime.vertx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.ProgressCounters;
import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PollingTest {

  private final Vertx vertx = Loops.polling(Vertx.builder()).build();
  private final Context context = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  /** Always has work, and counts. */
  private static final class Busy implements Pollable {
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public boolean poll() {
      looks.incrementAndGet();
      return true;
    }

    @Override
    public boolean arm() {
      return false;
    }

    @Override
    public void disarm() {
    }
  }

  /** Has work only when somebody gave it some. */
  private static final class Mailbox implements Pollable {
    private final AtomicInteger letters = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger sleeps = new AtomicInteger();

    @Override
    public boolean poll() {
      int all = letters.getAndSet(0);
      taken.addAndGet(all);
      return all > 0;
    }

    @Override
    public boolean arm() {
      sleeps.incrementAndGet();
      return letters.get() == 0;
    }

    @Override
    public void disarm() {
    }
  }

  @Test
  void shouldServeSocketsAndTimersWhileItPollsWithoutAPause() {
    Busy busy = new Busy();
    Runnable stop = Loops.poll(context, busy).orElseThrow();
    AtomicInteger ticks = new AtomicInteger();
    Future<Integer> port = Future.future(promise -> context.runOnContext(now -> {
      vertx.setPeriodic(5, tick -> ticks.incrementAndGet());
      vertx.createHttpServer().requestHandler(request -> request.response().end("served"))
          .listen(0, "127.0.0.1").map(server -> server.actualPort()).onComplete(promise);
    }));
    HttpClient client = vertx.createHttpClient();
    int at = port.await();

    List<Integer> codes = IntStream.range(0, 50).mapToObj(i -> client.request(HttpMethod.GET, at, "127.0.0.1", "/")
        .compose(request -> request.send()).map(HttpClientResponse::statusCode).await()).toList();

    assertEquals(50, codes.stream().filter(code -> code == 200).count());
    await().until(() -> ticks.get() > 20);
    assertTrue(busy.looks.get() > 1000);
    stop.run();
    client.close().await();
  }

  @Test
  void shouldSleepWhenThereIsNothingToDoAndLookAgainWhenWoken() {
    Mailbox mailbox = new Mailbox();
    Runnable stop = Loops.poll(context, mailbox).orElseThrow();
    await().until(() -> mailbox.sleeps.get() > 0);

    for (int i = 1; i <= 100; i++) {
      int expected = i;
      mailbox.letters.incrementAndGet();
      context.runOnContext(wake -> { });
      await().until(() -> mailbox.taken.get() == expected);
    }

    stop.run();
  }

  @Test
  void shouldRunTasksOfOtherThreadsInOrderWhetherTheLoopSleepsOrNot() throws InterruptedException {
    ProgressDomain domain = Loops.of(context);
    List<List<Integer>> seen = List.of(new ArrayList<>(), new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      List<Integer> mine = seen.get(t);
      threads.add(Thread.ofPlatform().start(() -> {
        for (int i = 0; i < 50_000; i++) {
          int number = i;
          domain.execute(() -> mine.add(number));
          if (i % 1000 == 0) {
            Thread.yield();
          }
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Future<Void> last = Future.future(promise -> domain.execute(promise::complete));

    last.await();
    assertEquals(IntStream.range(0, 50_000).boxed().toList(), seen.get(0));
    assertEquals(IntStream.range(0, 50_000).boxed().toList(), seen.get(1));
  }

  @Test
  void shouldSurviveAFaultInWhatItPolls() {
    AtomicInteger faults = new AtomicInteger(1);
    Mailbox mailbox = new Mailbox();
    Pollable faulty = new Pollable() {
      @Override
      public boolean poll() {
        if (faults.getAndDecrement() > 0) {
          throw new IllegalStateException("made by the test");
        }
        return mailbox.poll();
      }

      @Override
      public boolean arm() {
        return mailbox.arm();
      }

      @Override
      public void disarm() {
      }
    };
    Runnable stop = Loops.poll(context, faulty).orElseThrow();
    await().until(() -> faults.get() <= 0);
    mailbox.letters.incrementAndGet();
    context.runOnContext(wake -> { });

    await().until(() -> mailbox.taken.get() == 1);
    stop.run();
  }

  @Test
  void shouldCountWhatALoopDoes() {
    ProgressDomain domain = Loops.of(context);
    ProgressCounters before = Loops.counters(context);
    for (int i = 0; i < 100; i++) {
      Future.<Void>future(promise -> domain.execute(promise::complete)).await();
    }
    ProgressCounters after = Loops.counters(context);

    assertTrue(after.polls());
    assertTrue(after.spins() > before.spins(), after.toString());
    assertTrue(after.paid() <= after.spins(), after.toString());
    await().until(() -> Loops.counters(context).sleeps() > before.sleeps());
  }

  @Test
  void shouldCountHowOftenALoopThatDoesNotPollIsWoken() {
    Vertx plain = Vertx.vertx();
    try {
      Context theirs = plain.getOrCreateContext();
      ProgressDomain domain = Loops.of(theirs);
      long before = Loops.counters(theirs).wakeUps();
      Future.<Void>future(promise -> domain.execute(promise::complete)).await();

      assertFalse(Loops.counters(theirs).polls());
      assertTrue(Loops.counters(theirs).wakeUps() > before);
    } finally {
      plain.close().await();
    }
  }

  @Test
  void shouldLeaveLoopsOfOthersAsTheyAre() {
    Vertx plain = Vertx.vertx();
    try {
      assertTrue(Loops.poll(plain.getOrCreateContext(), new Busy()).isEmpty());
    } finally {
      plain.close().await();
    }
  }

  @Test
  void shouldReadTheWindowFromText() {
    assertEquals(Spin.OFF, Spin.parse("off"));
    assertEquals(Spin.OFF, Spin.parse("0"));
    assertEquals(new Spin(20_000), Spin.parse("20"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "-1", "1.5", "1000001", "fast"})
  void shouldRefuseWindowsThatMakeNoSense(String text) {
    MpiException refused = assertThrows(MpiException.class, () -> Spin.parse(text));

    assertTrue(refused.getMessage().contains("VERTX_MPI_SPIN"), refused.getMessage());
  }
}
