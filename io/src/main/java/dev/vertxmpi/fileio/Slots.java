package dev.vertxmpi.fileio;

import dev.vertxmpi.memory.Memory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The buffers of an aggregator for messages under way: who finds none free waits its turn. At home. */
final class Slots implements AutoCloseable {

  /**
   * Buffers for one message and its answer.
   *
   * @param reply null where messages have no answer
   */
  record Slot(Memory piece, Memory reply) {
  }

  private final int most;
  private final long bytes;
  private final boolean replies;
  private final List<Slot> all = new ArrayList<>();
  private final Queue<Slot> free = new ArrayDeque<>();
  private final Queue<Promise<Slot>> waiting = new ArrayDeque<>();

  Slots(int most, long bytes, boolean replies) {
    this.most = most;
    this.bytes = bytes;
    this.replies = replies;
  }

  Future<Slot> take() {
    Slot slot = free.poll();
    if (slot == null && all.size() < most) {
      slot = new Slot(Scratch.allocate(bytes), replies ? Scratch.allocate(bytes) : null);
      all.add(slot);
    }
    if (slot != null) {
      return Future.succeededFuture(slot);
    }
    Promise<Slot> promise = Promise.promise();
    waiting.add(promise);
    return promise.future();
  }

  void giveBack(Slot slot) {
    Promise<Slot> next = waiting.poll();
    if (next != null) {
      next.complete(slot);
    } else {
      free.add(slot);
    }
  }

  @Override
  public void close() {
    all.forEach(slot -> {
      slot.piece().close();
      if (slot.reply() != null) {
        slot.reply().close();
      }
    });
  }
}
