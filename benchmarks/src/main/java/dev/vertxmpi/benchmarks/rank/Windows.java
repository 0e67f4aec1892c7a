package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;

/**
 * {@code bw} and {@code mbw_mr}: a rank sends a window of messages without waiting, then waits for all of them and for
 * an acknowledgement; its peer receives the window and acknowledges. All messages of a window share one buffer at
 * either end, as in the OSU programs: it is bandwidth that is measured, not what arrives.
 */
final class Windows implements Pattern {

  private static final int DATA = 2;
  private static final int ACK = 3;

  private final Communicator world;
  private final MessageBuffer data;
  private final MessageBuffer ack;
  private final boolean sender;
  private final int peer;
  private final Future<?>[] under;
  private long left;
  private int at;

  Windows(Communicator world, MessageBuffer out, MessageBuffer in, MessageBuffer ack, int window) {
    int pairs = world.size() / 2;
    this.world = world;
    this.ack = ack;
    this.sender = world.rank() < pairs;
    this.data = sender ? out : in;
    this.peer = sender ? world.rank() + pairs : world.rank() - pairs;
    this.under = new Future<?>[window];
  }

  @Override
  public void begin(long iterations) {
    left = iterations;
    at = -1;
  }

  @Override
  public Future<?> next() {
    if (at < 0) {
      if (left-- == 0) {
        return null;
      }
      for (int i = 0; i < under.length; i++) {
        under[i] = sender ? world.send(data, peer, DATA) : world.recv(data, peer, DATA);
      }
      at = 0;
    }
    if (at < under.length) {
      return under[at++];
    }
    at = -1;
    return sender ? world.recv(ack, peer, ACK) : world.send(ack, peer, ACK);
  }

  @Override
  public boolean isTimed() {
    return sender;
  }

  @Override
  public boolean receives() {
    return !sender;
  }
}
