package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Mpi;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** A rank in this JVM, and the context on which its program runs. */
final class Seat implements AutoCloseable {

  private final Mpi mpi;
  private final Context context;
  private final WaitStyle wait;
  private final Rooms rooms;

  Seat(Mpi mpi, Context context, WaitStyle wait, BufferKind buffers) {
    this.mpi = mpi;
    this.context = context;
    this.wait = wait;
    this.rooms = new Rooms(buffers);
  }

  Mpi mpi() {
    return mpi;
  }

  /** Measures, from any thread. */
  Future<JsonObject> measure(Command command) {
    Promise<JsonObject> promise = Promise.promise();
    context.runOnContext(now -> {
      try {
        new Measurement(mpi, command, wait, rooms).run().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  @Override
  public void close() {
    rooms.close();
  }
}
