package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.runtime.node.FrameKind;

/**
 * The frames by which members of a set make a communicator. They go to the desk of a process: a context of its own.
 *
 * <pre>
 *   another rank                            rank 0
 *        | -- HERE ------------------------> |   kept, also before rank 0 has called
 *        | -- LEAVE -----------------------> |   it gives up, and waits for the answer
 *        | <--------------------------- GO - |   all are here: the communicator exists
 *        | <------------------------- FAIL - |   it does not; also the answer to LEAVE
 * </pre>
 *
 * <p>In envelopes of these kinds {@code sequence} counts the calls of the other rank, {@code check} is the epoch, and
 * {@code first} and {@code second} are the context of the communicator. The payload is JSON, see {@link Word}.
 */
final class SetKind {

  static final byte HERE = FrameKind.SET;
  static final byte LEAVE = FrameKind.SET + 1;
  static final byte GO = FrameKind.SET + 2;
  static final byte FAIL = FrameKind.SET + 3;

  private SetKind() {
  }
}
