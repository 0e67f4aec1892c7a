package dev.vertxmpi.runtime.link.tcp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What two nodes have between them: one connection for each key, whoever dials and however often. */
class TcpPairTest {

  private static final int FRAMES = 200;
  private static final int ROUNDS = 2000;
  /** More frames of the largest sort than sockets take. */
  private static final int MANY = 100;

  private final Vertx vertx = Vertx.vertx();
  private final LinkEnd a = new LinkEnd(vertx, new TcpLinkProvider(), Duration.ofSeconds(20));
  private final LinkEnd b = new LinkEnd(vertx, new TcpLinkProvider(), Duration.ofSeconds(20));
  private final Promise<Void> gate = Promise.promise();
  private final Relay beforeA = new Relay(vertx, a, gate.future());
  private final Relay beforeB = new Relay(vertx, b, gate.future());
  private final AtomicInteger atA = new AtomicInteger();
  private final AtomicInteger atB = new AtomicInteger();

  @BeforeEach
  void countFrames() {
    count(a, atA);
    count(b, atB);
  }

  @AfterEach
  void close() {
    Future.join(a.endpoint.close(), b.endpoint.close()).eventually(vertx::close).await();
  }

  /** In their order, none lost and none twice. */
  private static void count(LinkEnd end, AtomicInteger count) {
    end.taker = frame -> {
      assertEquals(count.get(), frame.envelope().sequence());
      frame.release();
      count.incrementAndGet();
    };
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private Future<Link> toB() {
    return a.endpoint.connect(a.address, beforeB.address());
  }

  private Future<Link> toA() {
    return b.endpoint.connect(b.address, beforeA.address());
  }

  private static void send(Link link, int from) {
    for (int i = from; i < from + FRAMES; i++) {
      link.send(Frame.of(envelope(i), MemorySegment.ofArray(new byte[i * 10])));
    }
  }

  private static Envelope envelope(long sequence) {
    return new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 0, 0, 0, sequence, 0, 0, 0);
  }

  private static void awaitCount(int expected, AtomicInteger count) {
    soon().untilAsserted(() -> assertEquals(expected, count.get()));
  }

  private int connections() {
    return beforeA.open() + beforeB.open();
  }

  @RepeatedTest(20)
  void shouldKeepOneConnectionWhereBothDialAtOnce() {
    Future<Link> there = toB();
    Future<Link> back = toA();
    // Nothing has gone over either when both are there.
    soon().until(() -> beforeA.open() == 1 && beforeB.open() == 1);
    gate.complete();
    there.onSuccess(link -> send(link, 0));
    back.onSuccess(link -> send(link, 0));
    Future.all(there, back).await();
    awaitCount(FRAMES, atA);
    awaitCount(FRAMES, atB);
    soon().until(() -> connections() == 1);
    assertTrue(a.closed.isEmpty() && b.closed.isEmpty(), "the one that was dropped never had a link");
    // It is the one that the lesser node has dialled.
    assertEquals(a.id.value().compareTo(b.id.value()) < 0 ? 1 : 0, beforeB.open());
  }

  @Test
  void shouldTakeTheOtherConnectionWhereItsOwnFails() {
    boolean lesser = a.id.value().compareTo(b.id.value()) < 0;
    Future<Link> there = toB();
    Future<Link> back = toA();
    soon().until(() -> beforeA.open() == 1 && beforeB.open() == 1);
    Relay own = lesser ? beforeB : beforeA;
    Relay other = lesser ? beforeA : beforeB;
    own.hold();
    gate.complete();
    // Hello and proof have gone to the lesser node; when it has answered a third question, it has read them.
    soon().until(() -> other.came() >= 2);
    (lesser ? b : a).endpoint.probe((lesser ? b : a).address, (lesser ? a : b).address).await();
    own.hangUp();
    send(there.await(), 0);
    send(back.await(), 0);
    awaitCount(FRAMES, atA);
    awaitCount(FRAMES, atB);
    assertEquals(1, other.open());
    assertEquals(0, own.open());
  }

  @Test
  void shouldOpenAWayAgainOnTheSameConnection() {
    gate.complete();
    Link back = toA().await();
    for (int round = 0; round < 20; round++) {
      int ended = round;
      Link link = toB().await();
      send(link, round * FRAMES);
      link.close().await();
      awaitCount((round + 1) * FRAMES, atB);
      soon().until(() -> b.closed.size() == ended + 1);
      assertNull(b.closed.get(round).cause());
      send(back, round * FRAMES);
    }
    awaitCount(20 * FRAMES, atA);
    assertEquals(1, beforeA.all());
    assertEquals(0, beforeB.all());
    assertTrue(a.closed.isEmpty());
  }

  @Test
  void shouldOpenAWayWhileItEnds() {
    gate.complete();
    toA().await();
    for (int round = 0; round < 20; round++) {
      Link link = toB().await();
      send(link, round * FRAMES);
      link.close();
    }
    awaitCount(20 * FRAMES, atB);
    assertEquals(1, beforeA.all());
  }

  @RepeatedTest(5)
  void shouldOpenAWayThoughTheOtherIsFull() {
    gate.complete();
    Link back = toA().await();
    int frames = 0;
    // When the first one is there, the other node knows that it has a connection.
    back.send(Frame.of(envelope(frames++), MemorySegment.NULL));
    awaitCount(1, atA);
    beforeA.pause();
    while (!back.writeQueueFull() || frames < MANY) {
      back.send(Frame.of(envelope(frames++), MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD])));
    }
    int went = beforeA.went();
    Future<Link> there = toB();
    // The other node is asked, and has no room for its answer.
    soon().until(() -> beforeA.went() > went);
    beforeA.resume();
    send(there.await(), 0);
    awaitCount(FRAMES, atB);
    awaitCount(frames, atA);
    assertEquals(1, connections());
  }

  @Test
  void shouldDialAnewWhereBothWaysAreClosed() {
    gate.complete();
    for (int round = 0; round < 5; round++) {
      Link there = toB().await();
      Link back = toA().await();
      send(there, round * FRAMES);
      send(back, round * FRAMES);
      Future.all(there.close(), back.close()).await();
      awaitCount((round + 1) * FRAMES, atA);
      awaitCount((round + 1) * FRAMES, atB);
      soon().until(() -> connections() == 0);
    }
    assertEquals(5, beforeB.all());
  }

  /** The other node sees that no way is open any more, and hangs up as the next one is opened. */
  @Test
  void shouldNotHangUpOnAWayThatIsOpenedMeanwhile() {
    gate.complete();
    List<Throwable> causes = new CopyOnWriteArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Link link = toB().await();
      link.closeHandler(cause -> Optional.ofNullable(cause).ifPresent(causes::add));
      link.send(Frame.of(envelope(round), MemorySegment.NULL)).await();
      link.close().await();
    }
    awaitCount(ROUNDS, atB);
    assertEquals(List.of(), causes);
    soon().until(() -> connections() == 0);
    assertEquals(List.of(), b.closed.stream().map(LinkEnd.Closed::cause).filter(Objects::nonNull).toList());
  }

  @Test
  void shouldHaveAConnectionForEachKey() {
    gate.complete();
    Link job = toB().await();
    for (LinkEnd end : new LinkEnd[] {a, b}) {
      end.secrets.put("port:x", new byte[] {4, 5, 6});
      end.key = "port:x";
    }
    Link port = toB().await();
    Link portBack = toA().await();
    assertEquals(2, beforeB.all());
    assertEquals(0, beforeA.all());
    send(portBack, 0);
    send(job, 0);
    awaitCount(FRAMES, atB);
    job.close().await();
    soon().until(() -> connections() == 1);
    send(port, FRAMES);
    awaitCount(2 * FRAMES, atB);
    awaitCount(FRAMES, atA);
    assertTrue(a.closed.isEmpty());
  }
}
