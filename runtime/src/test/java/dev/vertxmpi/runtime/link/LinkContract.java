package dev.vertxmpi.runtime.link;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every link must do. */
public abstract class LinkContract {

  private static final ContextId CONTEXT = new ContextId(1, 2);

  private final LinkBackend backend;
  protected Vertx vertx;
  protected LinkEnd a;
  protected LinkEnd b;
  private Link link;

  protected LinkContract(LinkBackend backend) {
    this.backend = backend;
  }

  protected final LinkProvider provider() {
    return backend.provider();
  }

  /** Whether frames wait somewhere; a link that hands them over at once is never full. */
  protected boolean isQueued() {
    return true;
  }

  protected Duration failureTimeout() {
    return Duration.ofSeconds(5);
  }

  protected Vertx newVertx() {
    return Vertx.vertx();
  }

  @BeforeEach
  void openEnds() {
    vertx = newVertx();
    a = end();
    b = end();
  }

  protected LinkEnd end() {
    return new LinkEnd(vertx, provider(), failureTimeout());
  }

  @AfterEach
  void closeEnds() {
    Future.join(a.endpoint.close(), b.endpoint.close()).eventually(vertx::close).await();
  }

  protected Link link() {
    if (link == null) {
      link = a.connect(b).await();
    }
    return link;
  }

  protected static Frame frame(int source, long sequence, byte[] payload) {
    return Frame.of(new Envelope((byte) 16, (short) 3, CONTEXT, source, 1, 2, sequence, 4, 5, 6),
        MemorySegment.ofArray(payload));
  }

  @Test
  void shouldReachItsPeer() {
    assertTrue(a.endpoint.reaches(b.address));
    assertFalse(a.endpoint.reaches(new NodeAddress(NodeId.random(), Map.of())));
    assertEquals(b.address.id(), link().peer().id());
    assertEquals(provider().name(), link().name());
  }

  @Test
  void shouldCarryEveryField() {
    AtomicReference<Frame> seen = new AtomicReference<>();
    b.taker = seen::set;
    Frame sent = frame(7, 8, new byte[] {1, 2, 3});
    Future<Void> settled = link().send(sent);
    await().until(() -> seen.get() != null);
    assertEquals(sent.envelope(), seen.get().envelope());
    assertArrayEquals(new byte[] {1, 2, 3}, seen.get().payload().toArray(ValueLayout.JAVA_BYTE));
    seen.get().release();
    settled.await();
    assertEquals(1, link().framesSent());
    assertEquals(83, link().bytesSent());
  }

  @Test
  void shouldKeepTheOrderOfEachSender() throws InterruptedException {
    int senders = 4;
    int frames = 10_000;
    Map<Integer, Long> next = new HashMap<>();
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    b.taker = frame -> {
      Envelope envelope = frame.envelope();
      if (next.merge(envelope.source(), 1L, Long::sum) - 1 != envelope.sequence()
          || frame.payload().byteSize() != envelope.sequence() % 50) {
        wrong.incrementAndGet();
      }
      frame.release();
      count.incrementAndGet();
    };
    Link out = link();
    List<Thread> threads = new ArrayList<>();
    for (int s = 0; s < senders; s++) {
      int source = s;
      // Frames of one thread are ordered; the link orders threads among each other as they come.
      threads.add(Thread.ofPlatform().start(() -> {
        for (int i = 0; i < frames; i++) {
          synchronized (count) {
            out.send(frame(source, i, new byte[i % 50]));
          }
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    await().untilAsserted(() -> assertEquals(senders * frames, count.get()));
    assertEquals(0, wrong.get());
  }

  @Test
  void shouldCarryTheLargestPayload() {
    byte[] payload = new byte[Envelope.MAX_PAYLOAD];
    new Random(1).nextBytes(payload);
    List<byte[]> seen = new CopyOnWriteArrayList<>();
    b.taker = frame -> {
      seen.add(frame.payload().toArray(ValueLayout.JAVA_BYTE));
      frame.release();
    };
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(payload.length);
      segment.copyFrom(MemorySegment.ofArray(payload));
      MemorySegment ints = MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_INT_UNALIGNED));
      Envelope envelope = frame(0, 0, new byte[0]).envelope();
      Future.all(link().send(Frame.of(envelope, segment)), link().send(Frame.of(envelope, ints))).await();
    }
    await().until(() -> seen.size() == 2);
    seen.forEach(bytes -> assertArrayEquals(payload, bytes));
  }

  @Test
  void shouldReadThePayloadOnlyUntilItSettles() {
    List<Byte> seen = new CopyOnWriteArrayList<>();
    b.taker = frame -> {
      seen.add(frame.payload().get(ValueLayout.JAVA_BYTE, 0));
      frame.release();
    };
    byte[] payload = new byte[10_000];
    List<Byte> sent = new ArrayList<>();
    for (byte i = 0; i < 100; i++) {
      Arrays.fill(payload, i);
      sent.add(i);
      link().send(frame(0, i, payload)).await();
    }
    await().untilAsserted(() -> assertEquals(sent, seen));
  }

  @Test
  void shouldSaySoWhenFullAndDrain() {
    byte[] payload = new byte[Envelope.MAX_PAYLOAD];
    CountDownLatch filled = new CountDownLatch(isQueued() ? 1 : 0);
    b.taker = frame -> {
      hold(filled);
      frame.release();
    };
    List<Future<Void>> sends = new ArrayList<>();
    boolean full = false;
    for (int i = 0; i < 1000 && !full; i++) {
      sends.add(link().send(frame(0, i, payload)));
      full = link().writeQueueFull();
    }
    filled.countDown();
    assertEquals(isQueued(), full);
    AtomicInteger drained = new AtomicInteger();
    link().drainHandler(nothing -> drained.incrementAndGet());
    await().untilAsserted(() -> assertEquals(1, drained.get()));
    Future.join(sends).await();
    assertFalse(link().writeQueueFull());
    link().drainHandler(nothing -> drained.incrementAndGet());
    assertEquals(2, drained.get());
  }

  /** Keeps a receiver busy, so that it cannot keep up with a sender however slow. */
  private static void hold(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldNotStopAtFramesThatAreHeld() {
    List<Frame> held = new CopyOnWriteArrayList<>();
    AtomicInteger passed = new AtomicInteger();
    b.taker = frame -> {
      if (frame.envelope().source() == 0) {
        held.add(frame);
      } else {
        frame.release();
        passed.incrementAndGet();
      }
    };
    for (int i = 0; i < 100; i++) {
      link().send(frame(0, i, new byte[50_000]));
      link().send(frame(1, i, new byte[100]));
    }
    await().untilAsserted(() -> assertEquals(100, passed.get()));
    assertEquals(100, held.size());
    held.forEach(Frame::release);
  }

  @Test
  void shouldDeliverEverythingBeforeAnOrderlyClose() {
    AtomicInteger count = new AtomicInteger();
    b.taker = frame -> {
      frame.release();
      count.incrementAndGet();
    };
    AtomicReference<Object> end = new AtomicReference<>();
    link().closeHandler(cause -> end.set(cause == null ? "orderly" : cause));
    for (int i = 0; i < 500; i++) {
      link().send(frame(0, i, new byte[5000]));
    }
    link().close().await();
    await().until(() -> !b.closed.isEmpty());
    assertEquals(500, count.get());
    assertEquals(List.of(a.address), b.opened, "each link is told of once");
    assertEquals(a.address, b.closed.getFirst().from());
    assertNull(b.closed.getFirst().cause());
    assertEquals("orderly", end.get());
    assertFailed(link().send(frame(0, 0, new byte[1])));
    assertTrue(a.endpoint.close().await() == null && b.closed.size() == 1, b.closed.toString());
  }

  @Test
  void shouldEndInOrderWhenTheReceiverCloses() {
    List<Object> ends = new CopyOnWriteArrayList<>();
    link().closeHandler(cause -> ends.add(cause == null ? "orderly" : cause));
    b.endpoint.close().await();
    await().until(() -> !ends.isEmpty());
    assertEquals(List.of("orderly"), ends);
    assertFailed(link().send(frame(0, 0, new byte[1])));
  }

  @Test
  void shouldTellTheSenderOfADeath() {
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    link().closeHandler(ends::add);
    backend.kill(b.endpoint);
    await().until(() -> !ends.isEmpty());
    assertNotNull(ends.getFirst());
    assertFailed(link().send(frame(0, 0, new byte[1])));
    link().closeHandler(ends::add);
    assertEquals(2, ends.size());
  }

  @Test
  void shouldTellTheReceiverOfADeath() {
    link();
    backend.kill(a.endpoint);
    await().until(() -> !b.closed.isEmpty());
    assertEquals(a.id, b.closed.getFirst().from().id());
    assertNotNull(b.closed.getFirst().cause());
  }

  @Test
  void shouldDieWhereTheReceiverCannotTakeAFrame() {
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    link().closeHandler(ends::add);
    b.taker = frame -> {
      throw new IllegalStateException("full");
    };
    link().send(frame(0, 0, new byte[1]));
    await().until(() -> !ends.isEmpty() && !b.closed.isEmpty());
    assertNotNull(ends.getFirst());
    assertEquals("full", b.closed.getFirst().cause().getMessage());
  }

  @Test
  void shouldRefuseAnotherKey() {
    a.secrets.put(a.key, new byte[] {9, 9, 9});
    assertFailed(a.connect(b));
    a.secrets.put("job:other", new byte[] {1, 2, 3});
    a.key = "job:other";
    assertFailed(a.connect(b));
    assertTrue(b.closed.isEmpty());
  }

  @Test
  void shouldRefuseTheServerWithoutTheKey() {
    b.secrets.put(b.key, new byte[] {9, 9, 9});
    assertFailed(a.connect(b));
  }

  @Test
  void shouldFailToConnectToNobody() {
    assertFailed(a.endpoint.connect(a.address, backend.nowhere(a)));
  }

  @Test
  void shouldFailToConnectToTheClosed() {
    b.endpoint.close().await();
    assertFailed(a.connect(b));
  }

  @Test
  void shouldAskWhetherAPeerIsThere() {
    a.endpoint.probe(a.address, b.address).await();
    assertFailed(a.endpoint.probe(a.address, backend.nowhere(a)));
    assertTrue(b.verdicts.isEmpty() && b.closed.isEmpty(), "no link came of it: " + b.closed);
    a.secrets.put(a.key, new byte[] {9, 9, 9});
    assertFailed(a.endpoint.probe(a.address, b.address));
  }

  @Test
  void shouldRefuseTheDeadAndTellThem() {
    b.dead.add(a.id);
    assertFailed(a.connect(b));
    assertEquals(List.of(new LinkEnd.Verdict(b.id, a.key)), a.verdicts);
    assertFailed(a.endpoint.probe(a.address, b.address));
    assertEquals(2, a.verdicts.size());
    assertTrue(b.verdicts.isEmpty() && b.closed.isEmpty());
    link = b.connect(a).await();
    assertEquals(2, a.verdicts.size(), "a link to the dead is the maker's own fault");
  }

  @Test
  void shouldTellANodeThatItIsDead() {
    a.dead.add(b.id);
    a.endpoint.probe(a.address, b.address).await();
    await().until(() -> b.verdicts.equals(List.of(new LinkEnd.Verdict(a.id, a.key))));
    assertTrue(a.verdicts.isEmpty());
  }

  @Test
  void shouldLetOneOfTwoStayWhoDeclareEachOtherDead() {
    a.dead.add(b.id);
    b.dead.add(a.id);
    LinkEnd lesser = a.id.value().compareTo(b.id.value()) < 0 ? a : b;
    LinkEnd greater = lesser == a ? b : a;
    assertFailed(greater.endpoint.probe(greater.address, lesser.address));
    lesser.endpoint.probe(lesser.address, greater.address).await();
    await().until(() -> greater.verdicts.size() == 2);
    assertTrue(lesser.verdicts.isEmpty());
  }

  @Test
  void shouldCutAllLinksWithTheDead() {
    LinkEnd c = end();
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    List<Throwable> others = new CopyOnWriteArrayList<>();
    link().closeHandler(ends::add);
    b.connect(a).await().closeHandler(ends::add);
    a.connect(c).await().closeHandler(others::add);
    a.endpoint.cut(b.id);
    await().until(() -> ends.size() == 2 && !a.closed.isEmpty() && !b.closed.isEmpty());
    ends.forEach(cause -> assertNotNull(cause, "a cut is not in order"));
    assertNotNull(b.closed.getFirst().cause());
    assertTrue(others.isEmpty() && c.closed.isEmpty());
    c.endpoint.close().await();
  }

  protected static void assertFailed(Future<?> future) {
    await().until(future::isComplete);
    assertTrue(future.failed());
    ErrorClass errorClass = ((MpiException) future.cause()).errorClass();
    assertTrue(errorClass == ErrorClass.PROC_FAILED || errorClass == ErrorClass.ACCESS
        || errorClass == ErrorClass.TIMEOUT, future.cause().toString());
  }
}
