package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;

/**
 * {@code connect}: rank 0 accepts on its self communicator, rank 1 connects. Only this counts, not the barrier before
 * it and the disconnect after it.
 */
final class Connects extends PartlyCounted {

  private final Mpi mpi;
  private final boolean server;
  private Future<Port> port;

  Connects(Mpi mpi) {
    this.mpi = mpi;
    this.server = mpi.rank() == 0;
  }

  @Override
  Future<?> once() {
    return port().compose(at -> mpi.world().barrier().compose(together -> meet(at)));
  }

  private Future<Port> port() {
    if (port == null) {
      Future<String> name = server ? mpi.openPort(new PortOptions()).map(Port::name) : Future.succeededFuture();
      port = name.compose(own -> mpi.world().bcast(String.class, own, Root.rank(0))).map(Port::parse);
    }
    return port;
  }

  private Future<Void> meet(Port at) {
    long start = System.nanoTime();
    Future<Intercommunicator> met = server ? mpi.self().accept(at) : mpi.self().connect(at);
    return met.compose(connection -> {
      countSince(start);
      return connection.disconnect();
    });
  }

  @Override
  public boolean isTimed() {
    return true;
  }

  @Override
  public Future<?> end() {
    return server && port != null ? port.compose(mpi::closePort) : Future.succeededFuture();
  }
}
