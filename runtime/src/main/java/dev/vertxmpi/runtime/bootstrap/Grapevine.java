package dev.vertxmpi.runtime.bootstrap;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How ranks tell each other that one is gone. Best effort, and nobody believes what it says without a look. */
public interface Grapevine {

  /**
   * Tells all ranks.
   *
   * @param gone the process id as text
   */
  void tell(String gone);

  /**
   * Listens.
   *
   * @param listener gets what others tell, on any thread
   * @return settles when nothing is missed any more, with what stops listening
   */
  Future<Supplier<Future<Void>>> hear(Consumer<Object> listener);

  /**
   * Over the event bus.
   *
   * @param vertx clustered
   * @param job whose ranks
   * @return at the job's address
   */
  static Grapevine over(Vertx vertx, UUID job) {
    String address = "vertx-mpi.job." + job + ".deaths";
    return new Grapevine() {
      @Override
      public void tell(String gone) {
        vertx.eventBus().publish(address, gone);
      }

      @Override
      public Future<Supplier<Future<Void>>> hear(Consumer<Object> listener) {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(address,
            message -> listener.accept(message.body()));
        return consumer.completion().map(registered -> consumer::unregister);
      }
    };
  }
}
