package dev.vertxmpi.runtime.link.bus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.runtime.link.LinkBackend;
import dev.vertxmpi.runtime.link.LinkContract;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class BusLinkTest extends LinkContract {

  private static final class Backend implements LinkBackend {

    @Override
    public LinkProvider provider() {
      return new BusLinkProvider();
    }

    @Override
    public void kill(LinkEndpoint endpoint) {
      ((BusEndpoint) endpoint).kill();
    }

    @Override
    public NodeAddress nowhere(LinkEnd from) {
      NodeId nobody = NodeId.random();
      return new NodeAddress(nobody, Map.of("bus", "vertx-mpi.node." + nobody));
    }
  }

  BusLinkTest() {
    super(new Backend());
  }

  @Override
  protected Duration failureTimeout() {
    return Duration.ofMillis(1500);
  }

  /** Loses, delays and repeats messages. */
  private static final class BadBus implements Handler<DeliveryContext<Object>> {
    private final Random random = new Random(3);
    private volatile boolean dead;

    @Override
    public synchronized void handle(DeliveryContext<Object> delivery) {
      int fate = random.nextInt(10);
      if (dead || fate < 2) {
        return;
      }
      if (fate == 2) {
        Vertx.currentContext().owner().setTimer(1 + random.nextInt(20), late -> delivery.next());
        return;
      }
      delivery.next();
    }
  }

  @Test
  void shouldCarryEverythingOverABadBus() {
    BadBus bad = new BadBus();
    vertx.eventBus().addOutboundInterceptor(bad);
    List<Long> seen = new CopyOnWriteArrayList<>();
    byte[] pattern = new byte[Envelope.MAX_PAYLOAD];
    new Random(5).nextBytes(pattern);
    b.taker = frame -> {
      byte[] payload = frame.payload().toArray(ValueLayout.JAVA_BYTE);
      assertArrayEquals(Arrays.copyOf(pattern, payload.length), payload);
      seen.add(frame.envelope().sequence());
      frame.release();
    };
    Link link = link();
    List<Long> sent = new ArrayList<>();
    Random sizes = new Random(6);
    for (long i = 0; i < 400; i++) {
      int size = sizes.nextInt(10) == 0 ? sizes.nextInt(pattern.length) : sizes.nextInt(2000);
      link.send(frame(0, i, Arrays.copyOf(pattern, size)));
      sent.add(i);
    }
    link.close().await();
    await().until(() -> !b.closed.isEmpty());
    vertx.eventBus().removeOutboundInterceptor(bad);
    assertEquals(sent, seen);
    assertEquals(null, b.closed.getFirst().cause());
  }

  @Test
  void shouldDieInSilence() {
    LinkEnd from = new LinkEnd(vertx, provider(), Duration.ofMillis(500));
    LinkEnd to = new LinkEnd(vertx, provider(), Duration.ofMillis(500));
    BadBus bad = new BadBus();
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    from.connect(to).await().closeHandler(ends::add);
    bad.dead = true;
    vertx.eventBus().addOutboundInterceptor(bad);
    await().until(() -> !ends.isEmpty() && !to.closed.isEmpty());
    vertx.eventBus().removeOutboundInterceptor(bad);
    assertTrue(ends.getFirst().getMessage().contains("silent"), ends.toString());
    assertTrue(to.closed.getFirst().cause().getMessage().contains("silent"), to.closed.toString());
    Future.join(from.endpoint.close(), to.endpoint.close()).await();
  }

  @Test
  void shouldStayAliveWhenIdle() {
    LinkEnd from = new LinkEnd(vertx, provider(), Duration.ofSeconds(1));
    LinkEnd to = new LinkEnd(vertx, provider(), Duration.ofSeconds(1));
    List<Object> ends = new CopyOnWriteArrayList<>();
    Link idle = from.connect(to).await();
    idle.closeHandler(ends::add);
    vertx.timer(2000).await();
    assertTrue(ends.isEmpty() && to.closed.isEmpty());
    idle.send(frame(0, 0, new byte[3])).await();
    Future.join(from.endpoint.close(), to.endpoint.close()).await();
  }

  @Test
  void shouldIgnoreWhatIsNoPacket() {
    link();
    for (Object nonsense : List.of("hello", 5, Buffer.buffer("x"), Buffer.buffer(new byte[100]))) {
      vertx.eventBus().send(b.endpoint.endpoint(), nonsense);
      vertx.eventBus().send(a.endpoint.endpoint(), nonsense);
    }
    link().send(frame(0, 0, new byte[3])).await();
    assertTrue(b.closed.isEmpty());
  }
}
