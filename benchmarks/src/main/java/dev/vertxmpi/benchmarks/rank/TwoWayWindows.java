package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;

/** {@code bibw}: both ranks post a window of receives and send a window of messages, then wait for all of them. */
final class TwoWayWindows implements Pattern {

  private static final int TAG = 4;

  private final Communicator world;
  private final MessageBuffer out;
  private final MessageBuffer in;
  private final int peer;
  private final int window;
  private final Future<?>[] under;
  private long left;
  private int at;

  TwoWayWindows(Communicator world, MessageBuffer out, MessageBuffer in, int window) {
    this.world = world;
    this.out = out;
    this.in = in;
    this.peer = 1 - world.rank();
    this.window = window;
    this.under = new Future<?>[2 * window];
  }

  @Override
  public void begin(long iterations) {
    left = iterations;
    at = under.length;
  }

  @Override
  public Future<?> next() {
    if (at == under.length) {
      if (left-- == 0) {
        return null;
      }
      for (int i = 0; i < window; i++) {
        under[window + i] = world.recv(in, peer, TAG);
      }
      for (int i = 0; i < window; i++) {
        under[i] = world.send(out, peer, TAG);
      }
      at = 0;
    }
    return under[at++];
  }

  @Override
  public boolean isTimed() {
    return world.rank() == 0;
  }

  @Override
  public boolean receives() {
    return true;
  }
}
