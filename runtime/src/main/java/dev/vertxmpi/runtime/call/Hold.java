package dev.vertxmpi.runtime.call;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Keeps the memory of buffers from the call of an operation until its Future settles. */
public final class Hold {

  private final List<Memory> held = new ArrayList<>();
  private MpiException failure;

  private Hold() {
  }

  /**
   * Takes hold, at the call.
   *
   * @param buffers of the operation
   * @return says later, by {@link #check}, where a memory is closed
   */
  public static Hold of(MessageBuffer... buffers) {
    Hold hold = new Hold();
    for (MessageBuffer buffer : buffers) {
      hold.add(buffer);
    }
    return hold;
  }

  /**
   * Takes hold of another buffer.
   *
   * @param buffer of the operation
   */
  public void add(MessageBuffer buffer) {
    try {
      buffer.memory().retain();
      held.add(buffer.memory());
    } catch (MpiException e) {
      failure = e;
    }
  }

  /** Fails where a memory was closed at the call. */
  public void check() {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Lets go when an operation has settled.
   *
   * @param <T> type of the result
   * @param operation its Future
   * @return the same
   */
  public <T> Future<T> until(Future<T> operation) {
    return operation.onComplete(settled -> held.forEach(Memory::release));
  }
}
