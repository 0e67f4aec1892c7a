package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * Notices that the rank has ended while a file was open: a receive from the rank itself fails then. Nobody else can
 * make it fail, since it waits for nobody else.
 */
final class Watch {

  private final Intracommunicator communicator;
  private Future<?> receive = Future.succeededFuture();

  Watch(Intracommunicator communicator) {
    this.communicator = communicator;
  }

  void start(Consumer<MpiException> whenEnded) {
    receive = communicator.recv(MessageBuffer.empty(), communicator.rank(), Wire.WATCH)
        .onFailure(why -> whenEnded.accept(MpiException.of(why)));
  }

  /** Settles when the receive is gone. */
  Future<Void> stop() {
    return communicator.send(MessageBuffer.empty(), communicator.rank(), Wire.WATCH).compose(sent -> receive)
        .mapEmpty();
  }
}
