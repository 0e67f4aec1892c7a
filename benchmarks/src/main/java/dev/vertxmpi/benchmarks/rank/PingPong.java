package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;

/** {@code latency}: rank 0 sends and receives, rank 1 receives and sends. */
final class PingPong implements Pattern {

  private static final int TAG = 1;

  private final Communicator world;
  private final MessageBuffer out;
  private final MessageBuffer in;
  private final boolean first;
  private final int peer;
  private boolean sending;
  private long left;

  PingPong(Communicator world, MessageBuffer out, MessageBuffer in) {
    this.world = world;
    this.out = out;
    this.in = in;
    this.first = world.rank() == 0;
    this.peer = first ? 1 : 0;
  }

  @Override
  public void begin(long iterations) {
    left = 2 * iterations;
    sending = first;
  }

  @Override
  public Future<?> next() {
    if (left-- == 0) {
      return null;
    }
    boolean send = sending;
    sending = !send;
    return send ? world.send(out, peer, TAG) : world.recv(in, peer, TAG);
  }

  @Override
  public boolean isTimed() {
    return first;
  }

  @Override
  public boolean receives() {
    return true;
  }
}
