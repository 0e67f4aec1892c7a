package dev.vertxmpi.benchmarks.parts;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * One of two ranks in a ping-pong, by handlers. Futures that are complete when they are returned are passed over in a
 * loop, so that no sequence of them makes the stack deep.
 */
final class Player implements Completable<Object> {

  private static final int TAG = 1;

  private final Mpi mpi;
  private final Context context;
  private final int peer;
  private final Memory memory;
  private final MessageBuffer out;
  private final MessageBuffer in;
  private Promise<Void> end;
  private boolean sending;
  private int left;

  /** A rank on its own context, with two buffers of so many bytes. */
  Player(Mpi mpi, Context context, int size) {
    this.mpi = mpi;
    this.context = context;
    this.peer = 1 - mpi.rank();
    this.memory = Memory.allocate(MemoryKind.HOST, 2L * size);
    this.out = new MessageBuffer(memory, 0, size, Datatype.BYTE);
    this.in = new MessageBuffer(memory, size, size, Datatype.BYTE);
  }

  /** Sends and receives as many messages in all, one after another; rank 0 begins. From any thread. */
  Future<Void> play(int messages) {
    Promise<Void> over = Promise.promise();
    context.runOnContext(here -> {
      end = over;
      left = messages;
      sending = mpi.rank() == 0;
      advance();
    });
    return over.future();
  }

  @Override
  public void complete(Object result, Throwable failure) {
    if (failure != null) {
      end.fail(failure);
    } else {
      advance();
    }
  }

  private void advance() {
    while (left > 0) {
      left--;
      Future<?> next = sending ? mpi.world().send(out, peer, TAG) : mpi.world().recv(in, peer, TAG);
      sending = !sending;
      if (!next.succeeded()) {
        next.onComplete(this);
        return;
      }
    }
    end.complete();
  }

  /** Frees the buffers. */
  void close() {
    memory.close();
  }
}
