package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.SendQueue;
import dev.vertxmpi.runtime.link.Silence;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/**
 * The sending end of a link over the event bus.
 *
 * <p>What was not acknowledged is sent again after {@link #FIRST_WAIT_MILLIS}, then after ever longer waits. The link
 * dies when nothing is heard for the failure timeout, or when nobody has listened at the address of the peer for
 * {@link #NOBODY_MILLIS}: registrations take a moment to become known in a cluster, so one miss proves nothing.
 */
final class BusLink implements Link {

  private static final long FIRST_WAIT_MILLIS = 50;
  private static final long LONGEST_WAIT_MILLIS = 1000;
  private static final long NOBODY_MILLIS = 1000;
  private static final int REPEAT_AT_ONCE = 4;

  private final UUID id = UUID.randomUUID();
  private final BusEndpoint endpoint;
  private final LinkContext context;
  private final NodeAddress peer;
  private final SendQueue queue;
  private final FramePacker packer = new FramePacker();
  private final SendWindow window = new SendWindow();
  private final Promise<Link> ready = Promise.promise();
  private final Promise<Throwable> gone = Promise.promise();
  private final Silence silence;
  private Handshake handshake;
  /** The message of the handshake that waits for its answer; null afterwards. */
  private Packet asking;
  private long repeatTimer = -1;
  private long wait = FIRST_WAIT_MILLIS;
  private long nobodySince;
  private boolean nobody;
  private boolean closing;
  private boolean over;

  BusLink(BusEndpoint endpoint, NodeAddress peer) {
    this.endpoint = endpoint;
    this.context = endpoint.context();
    this.peer = peer;
    this.queue = new SendQueue(endpoint.loop(), peer, this::write);
    this.silence = new Silence(context.vertx(), context.failureTimeout(), this::askOtherwise, this::silent);
  }

  UUID id() {
    return id;
  }

  private Future<Void> askOtherwise() {
    return ready.future().succeeded() ? context.sink().onSilent(peer) : Future.failedFuture("it never answered");
  }

  private void silent(Throwable why) {
    end(ready.future().succeeded() ? why : new MpiException(ErrorClass.TIMEOUT, why.getMessage()));
  }

  Future<Link> begin(Handshake purpose) {
    silence.watch(this::ping);
    handshake = purpose;
    try {
      ask(Packet.HELLO, handshake.hello());
    } catch (RuntimeException e) {
      end(e);
    }
    return ready.future();
  }

  private void ask(byte type, byte[] body) {
    asking = packet(type, 0, body);
    endpoint.probe(peer.id(), asking, this::onNobody);
    awaitAnswer();
  }

  private Packet packet(byte type, long number, byte[] body) {
    return new Packet(type, id, context.self(), number, 0, body);
  }

  void onPacket(Packet packet) {
    silence.heard();
    nobody = false;
    try {
      switch (packet.type()) {
        case Packet.WELCOME -> {
          if (asking != null && asking.type() == Packet.HELLO) {
            ask(Packet.PROOF, handshake.receive(packet.body()).orElseThrow());
          }
        }
        case Packet.READY -> {
          if (asking != null && asking.type() == Packet.PROOF) {
            handshake.receive(packet.body());
            opened();
          }
        }
        case Packet.ACK -> acknowledged(packet);
        default -> closedByPeer(packet);
      }
    } catch (MpiException | IllegalArgumentException e) {
      end(e);
    }
  }

  private void opened() {
    asking = null;
    wait = FIRST_WAIT_MILLIS;
    ready.complete(this);
  }

  private void ping() {
    endpoint.probe(peer.id(), asking != null ? asking : packet(Packet.PING, 0, Packet.NO_BODY), this::onNobody);
  }

  private void closedByPeer(Packet packet) {
    boolean orderly = packet.body().length == 1 && packet.body()[0] == Packet.ORDERLY;
    // A peer that has seen our end knows nothing of the link any more.
    end(orderly || (closing && ready.future().succeeded()) ? null
        : ready.future().succeeded() ? new IOException("the peer closed it")
            : new MpiException(ErrorClass.ACCESS, "the peer refused it"));
  }

  private void acknowledged(Packet packet) {
    if (asking != null || !window.isPlausible(packet.number())) {
      return;
    }
    List<SendWindow.Again> again = new ArrayList<>();
    if (window.acknowledge(packet.number(), packet.bits(), again)) {
      wait = FIRST_WAIT_MILLIS;
      stopRepeating();
    }
    again.forEach(lost -> endpoint.send(peer.id(), packet(Packet.DATA, lost.number(), lost.body())));
    queue.flush();
    if (!window.isEmpty()) {
      awaitAnswer();
    } else if (closing) {
      end(null);
    }
  }

  private void write(Queue<SendQueue.Item> items) {
    while (!over && window.hasRoom()) {
      byte[] body = packer.next(items);
      if (body.length == 0) {
        return;
      }
      endpoint.send(peer.id(), packet(Packet.DATA, window.add(body), body));
      awaitAnswer();
    }
  }

  private void awaitAnswer() {
    if (repeatTimer == -1 && !over) {
      repeatTimer = context.vertx().setTimer(wait, late -> {
        repeatTimer = -1;
        repeat();
      });
    }
  }

  private void repeat() {
    if (over) {
      return;
    }
    wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    if (asking != null) {
      endpoint.probe(peer.id(), asking, this::onNobody);
      awaitAnswer();
    } else if (!window.isEmpty()) {
      for (SendWindow.Again lost : window.oldest(REPEAT_AT_ONCE)) {
        endpoint.probe(peer.id(), packet(Packet.DATA, lost.number(), lost.body()), this::onNobody);
      }
      awaitAnswer();
    }
  }

  private void stopRepeating() {
    if (repeatTimer != -1) {
      context.vertx().cancelTimer(repeatTimer);
      repeatTimer = -1;
    }
  }

  private void onNobody() {
    long now = System.nanoTime();
    if (!nobody) {
      nobody = true;
      nobodySince = now;
      // Ask again soon, whatever else goes on.
      context.vertx().setTimer(NOBODY_MILLIS, later -> {
        if (nobody && !over) {
          ping();
        }
      });
    } else if ((now - nobodySince) / 1_000_000 >= NOBODY_MILLIS) {
      end(new IOException("nobody listens at its event bus address"));
    }
  }

  /** Ends the link once; {@code why} is null for an orderly end. */
  void end(Throwable why) {
    if (over) {
      return;
    }
    over = true;
    stopRepeating();
    silence.stop();
    endpoint.forget(this);
    queue.end(why);
    packer.fail(queue.ended());
    ready.tryFail(why instanceof MpiException known ? known : new MpiException(ErrorClass.PROC_FAILED,
        why == null ? "the link was closed" : String.valueOf(why.getMessage()), why));
    gone.complete(why);
  }

  @Override
  public String name() {
    return "bus";
  }

  @Override
  public NodeAddress peer() {
    return peer;
  }

  @Override
  public Future<Void> send(Frame frame) {
    return queue.send(frame);
  }

  @Override
  public boolean writeQueueFull() {
    return queue.isFull();
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    queue.onDrain(handler);
  }

  @Override
  public void closeHandler(Handler<Throwable> handler) {
    gone.future().onSuccess(handler);
  }

  @Override
  public Future<Void> close() {
    endpoint.loop().runOnContext(now -> {
      if (!over && !closing) {
        if (!ready.future().succeeded()) {
          end(new IOException("this node is closing"));
          return;
        }
        queue.send(Frame.of(Control.of(Control.END)));
        queue.refuse();
        closing = true;
      }
    });
    return gone.future().mapEmpty();
  }

  @Override
  public long framesSent() {
    return queue.frames();
  }

  @Override
  public long bytesSent() {
    return queue.bytes();
  }
}
