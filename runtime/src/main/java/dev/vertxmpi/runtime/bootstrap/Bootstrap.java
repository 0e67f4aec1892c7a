package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Farewells;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import java.util.Optional;

/** Where the ranks of a job meet. */
public interface Bootstrap {

  /**
   * Joins, and waits for the others.
   *
   * @param me the rank that joins
   * @param address of its node
   * @return who is where; {@link dev.vertxmpi.ErrorClass#TIMEOUT} names the ranks that have
   *     not come in time
   */
  Future<Places> join(ProcessId me, NodeAddress address);

  /**
   * Whether the ranks have a way on which one can tell the others of a death.
   *
   * @return false where each has to look after each
   */
  default boolean sharesEventBus() {
    return true;
  }

  /**
   * How ranks in processes of their own tell each other of a death, where it is not the event bus.
   *
   * @return empty for the event bus, and where there is none
   */
  default Optional<Grapevine> grapevine() {
    return Optional.empty();
  }

  /**
   * How ranks say goodbye to those with whom they have no link.
   *
   * @return empty where they make links for it
   */
  default Optional<Farewells> farewells() {
    return Optional.empty();
  }
}
