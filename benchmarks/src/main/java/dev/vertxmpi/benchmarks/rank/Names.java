package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import io.vertx.core.Future;
import java.util.List;

/**
 * {@code names}: rank 0 publishes a port and tells rank 1, which looks it up and answers; rank 0 unpublishes. The two
 * messages count too, which is nothing beside the names.
 */
final class Names extends PartlyCounted {

  private static final int TAG = 5;
  private static final String SERVICE = "vertx-mpi-bench";

  private final Mpi mpi;
  private final boolean publisher;
  private final NameOptions publish;
  private final LookupOptions lookup;
  private final MessageBuffer word = MessageBuffer.of(new byte[1]);
  private Future<Port> port;

  Names(Mpi mpi, Scope scope) {
    this.mpi = mpi;
    this.publisher = mpi.rank() == 0;
    this.publish = new NameOptions().setScope(scope);
    this.lookup = new LookupOptions().setOrder(List.of(scope));
  }

  @Override
  Future<?> once() {
    return publisher ? port().compose(this::publish) : lookUp();
  }

  private Future<Port> port() {
    if (port == null) {
      port = mpi.openPort(new PortOptions());
    }
    return port;
  }

  private Future<Void> publish(Port own) {
    long start = System.nanoTime();
    return mpi.publish(SERVICE, own, publish)
        .compose(published -> mpi.world().send(word, 1, TAG))
        .compose(told -> mpi.world().recv(word, 1, TAG))
        .compose(found -> mpi.unpublish(SERVICE, publish))
        .onSuccess(gone -> countSince(start));
  }

  private Future<Void> lookUp() {
    return mpi.world().recv(word, 0, TAG)
        .compose(told -> mpi.lookup(SERVICE, lookup))
        .compose(found -> mpi.world().send(word, 0, TAG));
  }

  @Override
  public boolean isTimed() {
    return publisher;
  }

  @Override
  public Future<?> end() {
    return port == null ? Future.succeededFuture() : port.compose(mpi::closePort);
  }
}
