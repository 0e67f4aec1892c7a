package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import java.util.Map;

/** Where the ranks of a job meet. */
public interface Bootstrap {

  /**
   * Joins, and waits for the others.
   *
   * @param me the rank that joins
   * @param address of its node
   * @return who is where, in the order of the ranks; {@link dev.vertxmpi.ErrorClass#TIMEOUT} names the ranks that have
   *     not come in time
   */
  Future<Map<ProcessId, NodeAddress>> join(ProcessId me, NodeAddress address);
}
