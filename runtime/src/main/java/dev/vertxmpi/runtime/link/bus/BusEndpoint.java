package dev.vertxmpi.runtime.link.bus;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.tracing.TracingPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The address of a node on the event bus, and all links that begin or end there. Runs on one event loop. */
final class BusEndpoint implements LinkEndpoint {

  private static final Logger LOG = Logger.getLogger(BusEndpoint.class.getName());

  /** Links whose handshake is not over; more are refused. */
  private static final int MOST_STRANGERS = 4096;

  /** How long an answer is awaited that only says whether somebody listens. */
  private static final long PROBE_MILLIS = 1000;

  private static final String PREFIX = "vertx-mpi.node.";

  private static final DeliveryOptions PLAIN = new DeliveryOptions().setTracingPolicy(TracingPolicy.IGNORE);
  private static final DeliveryOptions PROBE = new DeliveryOptions().setTracingPolicy(TracingPolicy.IGNORE)
      .setSendTimeout(PROBE_MILLIS);

  private final LinkContext context;
  private final Context loop;
  private final Map<UUID, BusLink> outgoing = new HashMap<>();
  private final Map<UUID, BusIncoming> incoming = new HashMap<>();
  private MessageConsumer<Object> consumer;
  private boolean closing;
  private boolean closed;

  private BusEndpoint(LinkContext context, Context loop) {
    this.context = context;
    this.loop = loop;
  }

  static Future<BusEndpoint> open(LinkContext context) {
    Context loop = Loops.detached(context.vertx());
    Promise<BusEndpoint> promise = Promise.promise();
    loop.runOnContext(begin -> {
      BusEndpoint endpoint = new BusEndpoint(context, loop);
      endpoint.listen().onComplete(promise);
    });
    return promise.future();
  }

  private Future<BusEndpoint> listen() {
    consumer = context.vertx().eventBus().consumer(endpoint(), this::onMessage);
    return consumer.completion().map(registered -> this);
  }

  @Override
  public String endpoint() {
    return PREFIX + context.self();
  }

  /** Only addresses of nodes: a peer cannot make us write to others. */
  @Override
  public boolean reaches(NodeAddress peer) {
    return (PREFIX + peer.id()).equals(peer.endpoints().get("bus"));
  }

  LinkContext context() {
    return context;
  }

  Context loop() {
    return loop;
  }

  private void onMessage(Message<Object> message) {
    if (closed) {
      return;
    }
    try {
      Packet packet = Packet.decode(message.body());
      switch (packet.type()) {
        case Packet.HELLO, Packet.PROOF, Packet.DATA, Packet.PING -> toIncoming(packet);
        case Packet.CLOSE -> {
          if (message.replyAddress() != null) {
            message.reply(Buffer.buffer(), PLAIN);
          }
          toOutgoing(packet);
        }
        default -> toOutgoing(packet);
      }
    } catch (IllegalArgumentException e) {
      LOG.log(Level.FINE, "a message on the event bus is ignored: {0}", e.getMessage());
    }
  }

  private void toOutgoing(Packet packet) {
    BusLink link = outgoing.get(packet.link());
    if (link != null && link.peer().id().equals(packet.from())) {
      link.onPacket(packet);
    }
  }

  private void toIncoming(Packet packet) {
    BusIncoming link = incoming.get(packet.link());
    if (link == null && packet.type() == Packet.HELLO && !closing
        && incoming.values().stream().filter(other -> !other.isKnown()).count() < MOST_STRANGERS) {
      link = new BusIncoming(this, packet.link(), packet.from());
      incoming.put(packet.link(), link);
    }
    if (link == null) {
      send(packet.from(), closing(packet.link(), Packet.BROKEN));
    } else if (link.from().equals(packet.from())) {
      link.onPacket(packet);
    }
  }

  Packet closing(UUID link, byte how) {
    return new Packet(Packet.CLOSE, link, context.self(), 0, 0, new byte[] {how});
  }

  void send(NodeId to, Packet packet) {
    context.vertx().eventBus().send(PREFIX + to, packet.encode(), PLAIN);
  }

  /** Sends, and says by failing whether nobody listens there. */
  void probe(NodeId to, Packet packet, Runnable onNobody) {
    context.vertx().eventBus().request(PREFIX + to, packet.encode(), PROBE).onFailure(failure -> {
      if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
        onNobody.run();
      }
    });
  }

  void forget(BusLink link) {
    outgoing.remove(link.id());
  }

  void forget(BusIncoming link) {
    incoming.remove(link.id());
  }

  @Override
  public Future<Link> connect(NodeAddress self, NodeAddress peer) {
    return dial(peer, Handshake.client(context.keys(), self, peer));
  }

  @Override
  public Future<Void> probe(NodeAddress self, NodeAddress peer) {
    return dial(peer, Handshake.probe(context.keys(), self, peer)).compose(link -> {
      loop.runOnContext(now -> ((BusLink) link).end(null));
      return Future.succeededFuture();
    });
  }

  private Future<Link> dial(NodeAddress peer, Handshake purpose) {
    if (!reaches(peer)) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the peer names no event bus address"));
    }
    Promise<Link> promise = Promise.promise();
    loop.runOnContext(begin -> {
      if (closing || closed) {
        promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
      } else {
        BusLink link = new BusLink(this, peer);
        outgoing.put(link.id(), link);
        link.begin(purpose).onComplete(promise);
      }
    });
    return promise.future();
  }

  @Override
  public void cut(NodeId peer) {
    loop.runOnContext(now -> {
      IOException why = new IOException("the node was declared dead");
      outgoing.values().stream().filter(link -> link.peer().id().equals(peer)).toList()
          .forEach(link -> link.end(why));
      incoming.values().stream().filter(link -> link.isKnown() && link.from().equals(peer)).toList()
          .forEach(link -> link.end(why));
    });
  }

  /** Ends as if the process had crashed. */
  void kill() {
    loop.runOnContext(now -> {
      closed = true;
      consumer.unregister().onComplete(done -> { });
      new ArrayList<>(outgoing.values()).forEach(link -> link.end(new IllegalStateException("killed")));
      new ArrayList<>(incoming.values()).forEach(BusIncoming::kill);
    });
  }

  @Override
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    loop.runOnContext(now -> {
      closing = true;
      List<Future<Void>> ends = new ArrayList<>();
      new ArrayList<>(outgoing.values()).forEach(link -> ends.add(link.close()));
      new ArrayList<>(incoming.values()).forEach(link -> ends.add(link.close()));
      Future.join(ends).transform(done -> {
        closed = true;
        return consumer.unregister();
      }).onComplete(promise);
    });
    return promise.future();
  }

  /** Tells a client that its link is over; settles when it knows, or does not answer. */
  Future<Void> tellClosed(NodeId to, UUID link) {
    return context.vertx().eventBus().request(PREFIX + to, closing(link, Packet.ORDERLY).encode(), PROBE)
        .transform(answer -> Future.succeededFuture());
  }
}
