package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where connects to a node knock: one for all its ranks and ports, there from the first port to the end of the node.
 * So a connect to a port that was closed is refused at once, whatever became of the rank that had it.
 *
 * <pre>
 *   payload of all frames to a door:   port (16 bytes) | client's attempt (16 bytes) | more, by kind
 * </pre>
 */
final class Door implements Endpoint {

  private static final Logger LOG = Logger.getLogger(Door.class.getName());

  /** The node holds the door by its binding; so neither is kept longer than the other. */
  private static final Map<Node, WeakReference<Door>> DOORS = new WeakHashMap<>();

  private final Node node;
  private final UUID job;
  private final ProgressDomain domain;
  private final Map<UUID, OpenPort> ports = new ConcurrentHashMap<>();

  private Door(Node node, UUID job, ProgressDomain domain) {
    this.node = node;
    this.job = job;
    this.domain = domain;
  }

  /** The door of a rank's node, made where there is none yet. */
  static Door of(Rank rank) {
    synchronized (DOORS) {
      WeakReference<Door> known = DOORS.get(rank.node());
      Door door = known == null ? null : known.get();
      if (door == null) {
        door = new Door(rank.node(), rank.id().job(), Loops.isolated(rank.vertx()));
        DOORS.put(rank.node(), new WeakReference<>(door));
        rank.node().bind(Post.door(rank.node().address().id()), 0, door);
      }
      return door;
    }
  }

  /** An open port of this JVM. Null where there is none of that id at the node. */
  static OpenPort find(Node node, UUID port) {
    synchronized (DOORS) {
      WeakReference<Door> known = DOORS.get(node);
      Door door = known == null ? null : known.get();
      return door == null ? null : door.ports.get(port);
    }
  }

  void add(OpenPort port) {
    ports.put(port.port().id(), port);
  }

  void remove(OpenPort port) {
    ports.remove(port.port().id());
  }

  @Override
  public ProgressDomain domain() {
    return domain;
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    byte kind = frame.envelope().kind();
    long offer = frame.envelope().sequence();
    try {
      WireReader in = WireReader.of(frame);
      UUID port = in.uuid();
      UUID attempt = in.uuid();
      OpenPort open = ports.get(port);
      switch (kind) {
        case PortKind.CONNECT -> connect(open, from, attempt, in);
        case PortKind.CONFIRM -> hand(open, () -> open.onConfirm(from, attempt, offer));
        case PortKind.REVOKE -> hand(open, () -> open.onRevoke(from, attempt));
        default -> { }
      }
    } catch (MpiException e) {
      // From an authenticated peer, so a fault of its software: it gets no answer, and its deadline ends the attempt.
      LOG.log(Level.WARNING, "a connect from node {0} was dropped: {1}", new Object[] {from, e.reason()});
    }
  }

  private static void hand(OpenPort open, Runnable frame) {
    if (open != null) {
      open.domain().execute(frame);
    }
  }

  private void connect(OpenPort open, NodeId from, UUID attempt, WireReader in) {
    byte[] proof = in.bytes(Proof.LENGTH);
    Peers group = Peers.read(in);
    in.end();
    if (!group.rootPlace().id().equals(from)) {
      throw WireReader.malformed("its root does not live where it comes from");
    }
    group.mustAgreeWith(node, job);
    Caller caller = new Caller(attempt, from, group);
    if (open == null) {
      node.introduce(group.rootProcess(), group.rootPlace());
      caller.refuse(node, new MpiException(ErrorClass.PORT, "the port is not open (any more)"));
    } else {
      open.domain().execute(() -> open.onConnect(caller, proof));
    }
  }
}
