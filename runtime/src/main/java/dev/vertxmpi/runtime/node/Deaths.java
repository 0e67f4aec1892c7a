package dev.vertxmpi.runtime.node;

import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which nodes were declared dead, for ever, and who is being asked whether it lives.
 *
 * <p>A node that was declared dead may live: it was stopped, or its network was. Nothing of it counts any more.
 */
final class Deaths {

  /** Beyond this number the oldest are forgotten. They are strangers then, and have to prove who they are. */
  private static final int MOST = 1 << 16;

  private final Set<NodeId> dead = ConcurrentHashMap.newKeySet();
  private final LinkedHashSet<NodeId> byAge = new LinkedHashSet<>();
  private final Map<NodeId, Future<Void>> asking = new HashMap<>();
  /** So that frames pay for no look-up while nobody is dead. */
  private volatile boolean any;

  boolean isDead(NodeId node) {
    return any && dead.contains(node);
  }

  /** False where it was dead before. */
  synchronized boolean add(NodeId node) {
    if (!dead.add(node)) {
      return false;
    }
    any = true;
    byAge.add(node);
    if (byAge.size() > MOST) {
      dead.remove(byAge.removeFirst());
    }
    return true;
  }

  /** Asks a node by {@code probe}, once at a time: whoever wants to know meanwhile gets the same answer. */
  Future<Void> ask(NodeAddress node, Function<NodeAddress, Future<Void>> probe) {
    Future<Void> asked;
    synchronized (this) {
      Future<Void> before = asking.get(node.id());
      if (before != null) {
        return before;
      }
      asked = probe.apply(node);
      asking.put(node.id(), asked);
    }
    asked.onComplete(answer -> {
      synchronized (this) {
        asking.remove(node.id(), asked);
      }
    });
    return asked;
  }
}
