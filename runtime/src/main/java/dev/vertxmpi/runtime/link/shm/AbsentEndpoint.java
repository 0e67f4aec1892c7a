package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;

/**
 * The end of a node that cannot share memory: reaches nobody, and nobody reaches it. Other links do the work.
 *
 * @param reason what is missing
 */
record AbsentEndpoint(String reason) implements LinkEndpoint {

  @Override
  public String endpoint() {
    return "none";
  }

  @Override
  public boolean reaches(NodeAddress peer) {
    return false;
  }

  @Override
  public Future<Link> connect(NodeAddress self, NodeAddress peer) {
    return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "no memory is shared here: " + reason));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
