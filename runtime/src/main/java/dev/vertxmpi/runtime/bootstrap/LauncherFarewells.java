package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Farewells;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The farewells of a rank, by its line to the launcher. Thread-safe. */
final class LauncherFarewells implements Farewells {

  /** In both directions; the launcher says true to who has left, when all others have been told. */
  static final String LEFT = "left";
  private static final String TOLD = "told";

  private final Consumer<JsonObject> line;
  private final Promise<Void> passedOn = Promise.promise();
  // Guarded by this.
  private final List<Farewell> heard = new ArrayList<>();
  private final List<Consumer<Farewell>> listeners = new ArrayList<>();

  /**
   * Nothing is said yet.
   *
   * @param line says something to the launcher
   */
  LauncherFarewells(Consumer<JsonObject> line) {
    this.line = line;
  }

  @Override
  public Future<Void> say(Farewell farewell) {
    JsonArray told = new JsonArray();
    farewell.told().forEach(node -> told.add(node.toString()));
    line.accept(new JsonObject().put(LEFT, farewell.process().toString()).put(TOLD, told));
    return passedOn.future();
  }

  @Override
  public void hear(Consumer<Farewell> listener) {
    List<Farewell> before;
    synchronized (this) {
      listeners.add(listener);
      before = List.copyOf(heard);
    }
    before.forEach(listener);
  }

  /** The launcher has said something of this; {@link IllegalArgumentException} where it is malformed. */
  void take(JsonObject said) {
    if (Boolean.TRUE.equals(said.getValue(LEFT))) {
      passedOn.tryComplete();
      return;
    }
    if (!(said.getValue(LEFT) instanceof String process) || !(said.getValue(TOLD) instanceof JsonArray told)) {
      throw new IllegalArgumentException("a farewell names a process and nodes");
    }
    Set<NodeId> nodes = new HashSet<>();
    for (Object node : told) {
      nodes.add(new NodeId(UUID.fromString(String.valueOf(node))));
    }
    Farewell farewell = new Farewell(ProcessId.parse(process), nodes);
    List<Consumer<Farewell>> here;
    synchronized (this) {
      heard.add(farewell);
      here = List.copyOf(listeners);
    }
    here.forEach(listener -> listener.accept(farewell));
  }

  /** Nothing is passed on any more. */
  void end() {
    passedOn.tryComplete();
  }
}
