package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.Silence;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The receiving end of a link over the event bus. Runs on the event loop of its endpoint. */
final class BusIncoming {

  private static final Logger LOG = Logger.getLogger(BusIncoming.class.getName());

  private final BusEndpoint endpoint;
  private final LinkContext context;
  private final UUID id;
  private final NodeId from;
  private final Handshake handshake;
  private final ReceiveWindow window = new ReceiveWindow();
  private final FrameParser parser = new FrameParser(message -> { }, this::onFrame);
  private final Silence silence;
  private Packet welcome;
  private Packet ready;
  private boolean acknowledging;
  private boolean over;

  BusIncoming(BusEndpoint endpoint, UUID id, NodeId from) {
    this.endpoint = endpoint;
    this.context = endpoint.context();
    this.id = id;
    this.from = from;
    this.handshake = Handshake.server(context.keys(),
        new NodeAddress(context.self(), Map.of("bus", endpoint.endpoint())));
    parser.framesFollow();
    silence = new Silence(context.vertx(), context.failureTimeout(), this::askOtherwise, this::silent);
    silence.watch(() -> { });
  }

  UUID id() {
    return id;
  }

  NodeId from() {
    return from;
  }

  boolean isKnown() {
    return handshake.isDone();
  }

  private Future<Void> askOtherwise() {
    return isKnown() ? context.sink().onSilent(handshake.peer()) : Future.failedFuture("no link came of it");
  }

  private void silent(Throwable why) {
    if (isKnown()) {
      end(why);
    } else {
      // Who asked whether we are there needs no goodbye.
      kill();
    }
  }

  void onPacket(Packet packet) {
    silence.heard();
    try {
      switch (packet.type()) {
        case Packet.HELLO -> welcome(packet);
        case Packet.PROOF -> confirm(packet);
        case Packet.DATA -> data(packet);
        default -> acknowledge();
      }
    } catch (MpiException | IllegalArgumentException | IllegalStateException e) {
      end(e);
    }
  }

  private void welcome(Packet packet) {
    if (welcome == null) {
      byte[] answer = handshake.receive(packet.body()).orElseThrow();
      if (!handshake.peer().id().equals(from)) {
        throw new IllegalArgumentException("the hello names another node than the packet");
      }
      welcome = new Packet(Packet.WELCOME, id, context.self(), 0, 0, answer);
    }
    endpoint.send(from, welcome);
  }

  private void confirm(Packet packet) {
    if (ready == null && welcome != null) {
      ready = new Packet(Packet.READY, id, context.self(), 0, 0, handshake.receive(packet.body()).orElseThrow());
      if (isKnown()) {
        context.sink().onOpened(handshake.peer());
      }
    }
    if (ready != null) {
      endpoint.send(from, ready);
    }
  }

  private void data(Packet packet) {
    if (!isKnown()) {
      return;
    }
    for (byte[] body : window.take(packet.number(), packet.body())) {
      parser.handle(Chunk.of(body));
    }
    acknowledge();
  }

  /** One acknowledgement for all packets that came in this turn of the loop. */
  private void acknowledge() {
    if (isKnown() && !acknowledging && !over) {
      acknowledging = true;
      endpoint.loop().runOnContext(later -> {
        acknowledging = false;
        if (!over) {
          sendAcknowledgement();
        }
      });
    }
  }

  private void sendAcknowledgement() {
    endpoint.send(from, new Packet(Packet.ACK, id, context.self(), window.awaited(), window.bits(), Packet.NO_BODY));
  }

  private void onFrame(Frame frame) {
    if (frame.envelope().kind() != Control.KIND) {
      context.sink().onFrame(handshake.peer(), frame);
    } else if (frame.envelope().flags() == Control.END) {
      sendAcknowledgement();
      over(null);
    } else {
      throw new IllegalArgumentException("control frame " + frame.envelope().flags() + " is not known");
    }
  }

  /** Ends it, and says that it was not in order. */
  void end(Throwable why) {
    if (!over) {
      LOG.log(Level.WARNING, "a link from {0} over the event bus is closed: {1}",
          new Object[] {from, why.getMessage()});
      endpoint.send(from, endpoint.closing(id, Packet.BROKEN));
      over(why);
    }
  }

  private void over(Throwable why) {
    if (!over) {
      kill();
      if (isKnown()) {
        context.sink().onClosed(handshake.peer(), why);
      }
    }
  }

  /** Ends without a word. */
  void kill() {
    over = true;
    parser.stop();
    silence.stop();
    endpoint.forget(this);
  }

  Future<Void> close() {
    boolean known = isKnown();
    over(null);
    return known ? endpoint.tellClosed(from, id) : Future.succeededFuture();
  }
}
