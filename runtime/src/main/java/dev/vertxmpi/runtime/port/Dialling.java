package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.util.List;
import java.util.UUID;

/**
 * A connect at the client's root.
 *
 * <pre>
 *             OFFER              confirm()             ESTABLISHED
 *   WAITING ---------> OFFERED -------------> SURE -----------------> OVER
 *     ^  |              |  |                  |  |
 *     |  |              |  '--- WITHDRAWN ----|--'----> WAITING
 *     |  '-- withdraw --'                     '-- withdraw --> ASKING  (REVOKE sent: the server says which)
 *     '     |                                                    | ESTABLISHED: the connection exists
 *           v                                                    | REFUSED, WITHDRAWN: it does not
 *        REVOKED (settled; REVOKE sent) -- any answer --> OVER   v
 * </pre>
 *
 * <p>Where no link to the server could be made yet, nobody waits for its answer.
 *
 * <p>Before it is sure, the client may go at any time and the server goes on with the next connect. Once it is sure, it
 * asks: the connection may exist already at the server, and then the connect has succeeded.
 *
 * <p>Confined to the domain of the rank.
 */
final class Dialling implements Endpoint {

  /** The client's side of what happens. */
  interface Listener {

    /** A server is there: the group registers, then calls {@link #confirm}. */
    void form(Formation formation);

    /** That accept has gone; another one may come. */
    void back();

    /** The connection exists. */
    void go();

    /** The connect is over. */
    void fail(MpiException why);
  }

  private enum State { WAITING, OFFERED, SURE, ASKING, REVOKED, OVER }

  private final Rank rank;
  private final Port port;
  private final Peers group;
  private final Listener listener;
  private final UUID attempt = UUID.randomUUID();
  private State state = State.WAITING;
  private long offer;
  private MpiException withdrawn;
  private boolean keyed;
  private Runnable unwatch = () -> { };

  Dialling(Rank rank, Port port, Peers group, Listener listener) {
    this.rank = rank;
    this.port = port;
    this.group = group;
    this.listener = listener;
  }

  private Node node() {
    return rank.node();
  }

  private ContextId context() {
    return Post.context(attempt);
  }

  @Override
  public ProgressDomain domain() {
    return rank.domain();
  }

  void start() {
    new Peers(List.of(port.owner()), List.of(port.address()), 0).mustAgreeWith(node(), rank.id().job());
    if (node().isGone(port.owner())) {
      throw new MpiException(ErrorClass.PORT, "the process of the port is gone");
    }
    WireWriter body = header().bytes(Proof.ofClient(port.key(), port.id(), attempt));
    group.mustFit();
    group.write(body);
    // Links within a node need no key, and ours may be another one than that of the port's owner.
    keyed = !port.address().id().equals(node().address().id());
    if (keyed) {
      node().addKey(OpenPort.keyName(port), port.key(), port.address());
    }
    node().introduce(port.owner(), port.address());
    node().bind(context(), 0, this);
    unwatch = node().watch(departure -> domain().execute(() -> onDeparture(departure)));
    tell(PortKind.CONNECT, body);
  }

  private WireWriter header() {
    return new WireWriter().uuid(port.id()).uuid(attempt);
  }

  private void tell(byte kind, WireWriter body) {
    Post.send(node(), port.owner(), kind, Post.door(port.address().id()), 0, 0, offer, body)
        .onFailure(cause -> domain().execute(() -> lost(MpiException.of(cause).reason())));
  }

  private void onDeparture(Departure departure) {
    if (departure.process().equals(port.owner())) {
      lost(departure.cause());
    }
  }

  private void lost(String cause) {
    fail(new MpiException(ErrorClass.PORT, "the process of the port cannot be reached, or the secret is wrong: "
        + cause));
  }

  private void fail(MpiException why) {
    boolean settled = state == State.REVOKED || state == State.OVER;
    MpiException reason = withdrawn == null ? why : withdrawn;
    end();
    if (!settled) {
      listener.fail(reason);
    }
  }

  private void end() {
    if (state != State.OVER) {
      state = State.OVER;
      unwatch.run();
      node().unbind(context(), 0);
      if (keyed) {
        node().removeKey(OpenPort.keyName(port));
      }
    }
  }

  /** The group is registered. */
  void confirm() {
    if (state == State.OFFERED) {
      state = State.SURE;
      tell(PortKind.CONFIRM, header());
    }
  }

  /** The caller no longer wants it. */
  void withdraw(MpiException why) {
    switch (state) {
      case WAITING, OFFERED -> {
        state = State.REVOKED;
        if (keyed && node().abandon(port.address().id(), OpenPort.keyName(port))) {
          end();
        } else {
          tell(PortKind.REVOKE, header());
        }
        listener.fail(why);
      }
      case SURE -> {
        state = State.ASKING;
        withdrawn = why;
        tell(PortKind.REVOKE, header());
      }
      default -> { }
    }
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    if (!from.equals(port.address().id())) {
      frame.release();
      return;
    }
    byte kind = frame.envelope().kind();
    long which = frame.envelope().sequence();
    try {
      WireReader in = WireReader.of(frame);
      switch (kind) {
        case PortKind.OFFER -> onOffer(which, in);
        case PortKind.WITHDRAWN -> onWithdrawn(which);
        case PortKind.ESTABLISHED -> onEstablished(which);
        case PortKind.REFUSED -> fail(in.error());
        default -> { }
      }
    } catch (MpiException e) {
      withdraw(e);
    }
  }

  private void onOffer(long which, WireReader in) {
    if (state != State.WAITING) {
      return;
    }
    UUID server = in.uuid();
    byte[] proof = in.bytes(Proof.LENGTH);
    Peers remote = Peers.read(in);
    in.end();
    if (!Proof.same(proof, Proof.ofServer(port.key(), server, attempt))
        || !remote.rootProcess().equals(port.owner())) {
      throw new MpiException(ErrorClass.PORT, "the process that answered is not the one that opened the port");
    }
    offer = which;
    state = State.OFFERED;
    listener.form(new Formation(ContextId.ofConnection(server, attempt),
        Proof.connectionKey(port.key(), server, attempt), false, remote));
  }

  private void onWithdrawn(long which) {
    if (which != offer) {
      return;
    }
    if (state == State.OFFERED || state == State.SURE) {
      state = State.WAITING;
      listener.back();
    } else if (state == State.ASKING) {
      // The connect waits at the server again until it reads the REVOKE, which it will answer.
      state = State.REVOKED;
      listener.fail(withdrawn);
    }
  }

  private void onEstablished(long which) {
    if (which == offer && (state == State.SURE || state == State.ASKING)) {
      end();
      listener.go();
    }
  }
}
