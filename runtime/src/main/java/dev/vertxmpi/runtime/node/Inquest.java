package dev.vertxmpi.runtime.node;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out which nodes are dead, and whether this one is. It cannot be undone: of a node that was declared dead
 * nothing counts any more.
 *
 * <pre>
 *   link lost ---> probe --+-- no answer ----> declared dead
 *                          +-- it lives -----> declared dead, for what was on its way is lost; it is told
 *                          +-- "you are dead" --------.
 *   silence -----> probe --+-- no answer ----> declared dead        |
 *                          +-- it lives -----> the link waits on    |
 *                          +-- "you are dead" --------+
 *   link cannot be made -----> declared dead          |
 *   told so ------------------------------------------+--> this node fails: all that it holds ends
 * </pre>
 *
 * <p>Thread-safe.
 */
final class Inquest {

  private final NodeId self;
  private final NodeKeys keys;
  private final Directory directory;
  private final Bindings bindings;
  private final Consumer<Departure> depart;
  private final Runnable end;
  private final Deaths deaths = new Deaths();
  private LinkTable links;
  private volatile MpiException verdict;
  private volatile boolean closed;

  /**
   * Nothing is known yet.
   *
   * @param depart ends a process for all who are here
   * @param end closes this node, which was declared dead
   */
  Inquest(NodeId self, NodeKeys keys, Directory directory, Bindings bindings, Consumer<Departure> depart,
      Runnable end) {
    this.self = self;
    this.keys = keys;
    this.directory = directory;
    this.bindings = bindings;
    this.depart = depart;
    this.end = end;
  }

  /** From now on nodes can be asked. */
  void start(LinkTable toOthers) {
    links = toOthers;
  }

  boolean isDead(NodeId node) {
    return deaths.isDead(node);
  }

  /** Why this node is dead, where it is. */
  Optional<MpiException> verdict() {
    return Optional.ofNullable(verdict);
  }

  /** This node closes: whatever happens to links is no wonder any more. */
  synchronized void close() {
    closed = true;
  }

  private boolean isOver() {
    return verdict != null || closed;
  }

  /** A link is lost or could not be made. Settles when it is decided what becomes of the node. */
  Future<Void> lost(PeerLink link, MpiException why) {
    NodeAddress peer = link.peer();
    if (deaths.isDead(peer.id()) || isOver()) {
      // Another thread may be about to end what is here: that goes first, so that the peer gets no blame.
      verdict().ifPresent(own -> departAll(self, own.reason()));
      departAll(peer.id(), why.reason());
      return Future.succeededFuture();
    }
    if (link.link() != null || why.errorClass() == ErrorClass.TIMEOUT) {
      return suspect(peer, why.reason(), link.link() != null);
    }
    unreached(peer.id(), why.reason());
    return Future.succeededFuture();
  }

  /** A link from a node was lost. Settles when it is decided what becomes of the node. */
  Future<Void> lostFrom(NodeAddress from, Throwable why) {
    if (isOver() || deaths.isDead(from.id())) {
      departAll(from.id(), "the connection from its node died");
      return Future.succeededFuture();
    }
    return suspect(directory.known(from), "the connection from its node died: " + MpiException.of(why).reason(), true)
        .onComplete(decided -> bindings.dropEarly(from.id()));
  }

  /** A node that was never reached, and of which we know by a port only, is no loss: its port may be tried again. */
  private void unreached(NodeId peer, String cause) {
    if (keys.isCommitted(peer)) {
      declare(peer, cause, false);
    } else {
      directory.forget(peer);
      keys.forget(peer);
    }
  }

  /**
   * Something speaks against a node.
   *
   * @param peer where we know it to be
   * @param cause what it is
   * @param linked whether there was a link: then some of what went over it is lost, and there is no way back
   */
  private Future<Void> suspect(NodeAddress peer, String cause, boolean linked) {
    if (peer.id().equals(self)) {
      departAll(self, cause);
      return Future.succeededFuture();
    }
    return ask(peer).transform(asked -> {
      if (!isOver()) {
        if (linked) {
          declare(peer.id(), cause, asked.succeeded());
        } else {
          unreached(peer.id(), cause);
        }
      }
      return Future.succeededFuture();
    });
  }

  private Future<Void> ask(NodeAddress peer) {
    return deaths.ask(peer, links::probe);
  }

  /** A node has said nothing for too long. Fails where it does not answer either when it is asked. */
  Future<Void> silent(NodeAddress from) {
    NodeAddress peer = directory.known(from);
    return ask(peer).onFailure(noAnswer -> {
      if (!isOver()) {
        declare(peer.id(), "it has fallen silent, and " + MpiException.of(noAnswer).reason(), false);
      }
    });
  }

  /** A node that has a secret in common with us has declared this one dead. */
  void declaredDeadBy(NodeId peer, String key) {
    if (keys.isJob(key)) {
      fail(peer);
    } else {
      // Another job cannot end us, but wants no more of us.
      declare(peer, "it has declared this process dead", false);
    }
  }

  /** From now on nothing of a node counts. Where it {@code lives} it is told so. */
  private void declare(NodeId node, String cause, boolean lives) {
    boolean own = keys.isOwn(node);
    if ((!own && !keys.isCommitted(node) && directory.at(node).isEmpty()) || !deaths.add(node)) {
      return;
    }
    NodeAddress last = directory.known(new NodeAddress(node, Map.of()));
    links.cut(node);
    departAll(node, cause);
    bindings.dropEarly(node);
    if (lives && own) {
      links.probe(last).onComplete(told -> { });
    }
  }

  /** It cannot be undone, so all that is here ends. */
  private void fail(NodeId by) {
    MpiException why = new MpiException(ErrorClass.PROC_FAILED, "this process was declared dead by the node " + by
        + " of its job: it was stopped or cut off for too long, or broke the rules");
    synchronized (this) {
      if (isOver()) {
        return;
      }
      verdict = why;
    }
    departAll(self, why.reason());
    for (NodeAddress node : directory.nodes()) {
      // Not in order: who has not heard yet shall see a death, not a goodbye.
      links.cut(node.id());
      departAll(node.id(), why.reason());
    }
    end.run();
  }

  /** Ends all processes of a node for all who are here. */
  void departAll(NodeId node, String cause) {
    directory.at(node).forEach(process -> depart.accept(new Departure(process, cause)));
  }
}
