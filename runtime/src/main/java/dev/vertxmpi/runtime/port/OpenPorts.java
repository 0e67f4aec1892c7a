package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The ports that a rank has open, and where it listens for one of them alone. Confined to its domain. */
final class OpenPorts {

  /** How long connects that were on their way when a port closed are told so. */
  private static final long LAST_CALLS_MILLIS = 2_000;

  private final Rank rank;
  private final Map<UUID, OpenPort> open = new HashMap<>();
  private final Set<UUID> closing = new HashSet<>();
  private final Map<UUID, NodeAddress> extra = new HashMap<>();
  /** That of the node; there once a port was opened. */
  private Door door;
  private boolean closed;

  OpenPorts(Rank rank) {
    this.rank = rank;
  }

  /** Opens a port, which settles in the domain. */
  Future<Port> open(PortOptions asked) {
    return place(asked).compose(where -> rank.inDomain(() -> open(where, asked.getQueue())));
  }

  private Future<NodeAddress> place(PortOptions asked) {
    if (asked.getIpAddress().isEmpty() && asked.getIpPort() == 0) {
      return Future.succeededFuture(rank.node().address());
    }
    String host = asked.getIpAddress().orElse(rank.options().getHost());
    return rank.vertx().executeBlocking(() -> HostAddress.check(host), false)
        .compose(checked -> rank.node().listen(checked, asked.getIpPort()));
  }

  private Future<Port> open(NodeAddress where, int queue) {
    boolean own = !where.equals(rank.node().address());
    try {
      if (closed) {
        throw new MpiException(ErrorClass.PORT, "the rank is closed");
      }
      OpenPort made = OpenPort.at(rank, where, queue);
      Port port = made.port();
      door = Door.of(rank);
      door.add(made);
      open.put(port.id(), made);
      if (own) {
        extra.put(port.id(), where);
      }
      return Future.succeededFuture(port);
    } catch (MpiException e) {
      Future<Void> undone = own ? rank.node().unlisten(where) : Future.succeededFuture();
      return undone.transform(done -> Future.failedFuture(e));
    }
  }

  /** Whether a port is open and not about to close. */
  boolean has(Port port) {
    return open.containsKey(port.id()) && !closing.contains(port.id());
  }

  /** A port as this rank has made it. Fails where it {@link #has} none of that id. */
  Port own(Port port) {
    if (!has(port)) {
      throw new MpiException(ErrorClass.PORT, "port must be one that this rank has opened and not closed");
    }
    return open.get(port.id()).port();
  }

  /** Says that a port is about to close; {@link #close} is to follow. */
  void leave(Port port) {
    closing.add(port.id());
  }

  /** Closes a port. Nothing where that is done already. */
  Future<Void> close(Port port, String why) {
    OpenPort known = open.remove(port.id());
    closing.remove(port.id());
    if (known == null) {
      return Future.succeededFuture();
    }
    Future<Void> told = known.close(why);
    rank.vertx().setTimer(LAST_CALLS_MILLIS, over -> {
      door.remove(known);
      known.forget();
    });
    NodeAddress own = extra.remove(port.id());
    return own == null ? told : told.compose(done -> rank.node().unlisten(own));
  }

  /** Closes all ports, and opens none any more. */
  List<Future<Void>> closeAll() {
    closed = true;
    return List.copyOf(open.values()).stream().map(port -> close(port.port(), OpenPort.CLOSED)).toList();
  }
}
