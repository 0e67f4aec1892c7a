package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A port at its owner: connects and accepts in the order in which they came, matched one to one.
 *
 * <pre>
 *   connects ---> [ callers ]   oldest QUEUED one
 *                      \  offer
 *                       >------- match          see {@link Caller} for what may happen until both are sure
 *                      /
 *   accepts  ---> [ waiting ]   oldest one
 * </pre>
 *
 * <p>An accept leaves the queue when its connection exists, and no earlier: a connect that gives up never uses it up.
 * Confined to the domain of the owner, but for {@link #isOpen()} and what is final.
 */
final class OpenPort {

  /** Why calls at a port fail that is closed meanwhile. */
  static final String CLOSED = "the port was closed";
  /** How the reason begins where nobody has asked for that. */
  static final String LOST = CLOSED + ", because ";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Rank rank;
  private final Port port;
  private final byte[] key;
  /** Connects that may wait for an accept at one time. Further ones are refused. */
  private final int queue;
  private final Map<UUID, Caller> callers = new LinkedHashMap<>();
  private final Deque<Acceptor> waiting = new ArrayDeque<>();
  private final Map<Acceptor, Caller> busy = new LinkedHashMap<>();
  private final Runnable unwatch;
  /** Null while it is open. */
  private volatile String closedBecause;

  private OpenPort(Rank rank, Port port, int queue) {
    this.rank = rank;
    this.port = port;
    this.key = port.key();
    this.queue = queue;
    node().addKey(keyName(port), key, null);
    this.unwatch = node().watch(departure -> domain().execute(() -> onDeparture(departure)));
  }

  /** Opens a port of its own id and secret, at a place where the rank's node listens. */
  static OpenPort at(Rank rank, NodeAddress place, int queue) {
    byte[] key = new byte[Port.KEY_LENGTH];
    RANDOM.nextBytes(key);
    return new OpenPort(rank, new Port(UUID.randomUUID(), rank.id(), place, key), queue);
  }

  static String keyName(Port port) {
    return "port:" + port.id();
  }

  Port port() {
    return port;
  }

  ProgressDomain domain() {
    return rank.domain();
  }

  boolean isOpenedBy(Rank other) {
    return rank.id().equals(other.id());
  }

  /** From any thread. */
  boolean isOpen() {
    return closedBecause == null;
  }

  /** Why calls at it fail that come too late. From any thread. */
  MpiException closed() {
    String why = closedBecause;
    return new MpiException(ErrorClass.PORT, why == null ? CLOSED : why);
  }

  /** The clients whose connects are not connections yet, oldest first. */
  List<ProcessId> clients() {
    return callers.values().stream().map(caller -> caller.group().rootProcess()).toList();
  }

  private Node node() {
    return rank.node();
  }

  void accept(Acceptor acceptor) {
    if (isOpen()) {
      waiting.add(acceptor);
      match();
    } else {
      acceptor.fail(closed());
    }
  }

  /** The accept has gone: by cancel, deadline or failure of its group. Its client waits for another one. */
  void withdraw(Acceptor acceptor, MpiException why) {
    Caller caller = busy.remove(acceptor);
    if (waiting.remove(acceptor) || caller != null) {
      acceptor.fail(why);
    }
    if (caller != null) {
      caller.withdrawOffer(node());
      match();
    }
  }

  /** The accepting group is ready. */
  void registered(Acceptor acceptor) {
    Caller caller = busy.remove(acceptor);
    if (caller != null) {
      callers.remove(caller.attempt());
      caller.establish(node());
      acceptor.go();
    }
  }

  void onConnect(Caller caller, byte[] proof) {
    if (!Proof.same(proof, Proof.ofClient(key, port.id(), caller.attempt()))) {
      answer(caller, new MpiException(ErrorClass.PORT, "the secret of the port is another one"));
    } else if (!isOpen()) {
      answer(caller, closed());
    } else if (callers.size() - busy.size() >= queue) {
      answer(caller, new MpiException(ErrorClass.PORT, "the port has " + queue + " connects waiting already"));
    } else if (callers.putIfAbsent(caller.attempt(), caller) == null) {
      makeKnown(caller);
      bindKey(caller);
      match();
    }
  }

  /** Links back to the client prove this port's secret. The count of uses stays: the key ends with the port. */
  private void bindKey(Caller caller) {
    node().addKey(keyName(port), key, caller.group().rootPlace());
    node().removeKey(keyName(port));
  }

  private void answer(Caller caller, MpiException why) {
    makeKnown(caller);
    bindKey(caller);
    caller.refuse(node(), why);
  }

  private void makeKnown(Caller caller) {
    node().introduce(caller.group().rootProcess(), caller.group().rootPlace());
  }

  private void match() {
    while (isOpen() && !waiting.isEmpty()) {
      Caller next = callers.values().stream().filter(c -> c.state() == Caller.State.QUEUED).findFirst().orElse(null);
      if (next == null) {
        return;
      }
      Acceptor acceptor = waiting.poll();
      busy.put(acceptor, next);
      next.offer(node(), key, acceptor);
    }
  }

  void onConfirm(NodeId from, UUID attempt, long offer) {
    Caller caller = callers.get(attempt);
    if (caller != null && caller.from().equals(from) && caller.confirm(offer)) {
      try {
        caller.acceptor().form(caller.formation(key));
      } catch (MpiException e) {
        revoke(caller, e);
      }
    }
  }

  void onRevoke(NodeId from, UUID attempt) {
    Caller caller = callers.get(attempt);
    if (caller != null && caller.from().equals(from)) {
      revoke(caller, new MpiException(ErrorClass.PORT, "the connect was revoked"));
    }
  }

  private void revoke(Caller caller, MpiException why) {
    drop(caller);
    caller.refuse(node(), why);
    match();
  }

  private void onDeparture(Departure departure) {
    List<Caller> gone = callers.values().stream()
        .filter(caller -> caller.group().rootProcess().equals(departure.process())).toList();
    gone.reversed().forEach(this::drop);
    match();
  }

  /** The client has gone: its accept is the next to be served. */
  private void drop(Caller caller) {
    callers.remove(caller.attempt());
    Acceptor acceptor = caller.acceptor();
    if (acceptor != null) {
      busy.remove(acceptor);
      acceptor.back();
      waiting.addFirst(acceptor);
    }
  }

  /** Nobody is refused any more: connects to the port find nothing. */
  void forget() {
    node().removeKey(keyName(port));
  }

  /**
   * Refuses all who wait, and all who come until {@link #forget}: links by which they are told may have to be made yet,
   * with the key of the port. Settles when those who wait have been told.
   */
  Future<Void> close(String why) {
    if (!isOpen()) {
      return Future.succeededFuture();
    }
    closedBecause = why;
    List<Acceptor> left = new ArrayList<>(waiting);
    left.addAll(busy.keySet());
    waiting.clear();
    busy.clear();
    List<Caller> refused = new ArrayList<>(callers.values());
    callers.clear();
    left.forEach(acceptor -> acceptor.fail(closed()));
    unwatch.run();
    return Future.join(refused.stream().map(caller -> caller.refuse(node(), closed())).toList()).mapEmpty();
  }
}
