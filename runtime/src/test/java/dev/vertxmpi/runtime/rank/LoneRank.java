package dev.vertxmpi.runtime.rank;

import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A rank whose node knows nobody, reaches nobody and counts what it is asked for. */
public final class LoneRank implements AutoCloseable {

  private static final NodeAddress HERE = new NodeAddress(NodeId.random(), Map.of());

  private final Vertx vertx = Vertx.vertx();
  private final Rank rank;
  private int sent;
  private int introduced;

  public LoneRank() {
    Context context = vertx.getOrCreateContext();
    rank = new Rank(new ProcessId(UUID.randomUUID(), 0, 0), node(), context, Loops.of(context), new MpiOptions());
  }

  @SuppressWarnings("ReferenceEquality") // A proxy is only ever itself.
  private Node node() {
    return (Node) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Node.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "address" -> HERE;
          case "whereIs" -> Optional.empty();
          case "livesAt" -> true;
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          case "introduce" -> {
            introduced++;
            yield null;
          }
          case "bind", "addKey", "removeKey" -> null;
          case "watch" -> (Runnable) () -> { };
          case "send" -> {
            sent++;
            yield Future.succeededFuture();
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  public Rank rank() {
    return rank;
  }

  /** Frames that were to go to others. */
  public int sent() {
    return sent;
  }

  /** Places of others that the node was told. */
  public int introduced() {
    return introduced;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
