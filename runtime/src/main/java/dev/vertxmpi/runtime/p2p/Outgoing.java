package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.foreign.MemorySegment;

/**
 * A message on its way out.
 *
 * <pre>
 *   EAGER      sent ------------------------------------------------> ended: the link has let go
 *   ANNOUNCE   announced --TAKEN--> ended: the receiver has read it from the memory
 *              announced --PULL--> streaming, few frames at a time --> ended: all have landed
 *                  |                   '--BROKEN--> ended: its memory is unreadable, or nobody cares any more
 *                  '--WITHDRAW--> withdrawing --WITHDRAWN--> ended: cancelled
 *                                      '-----PULL----------> streaming: too late
 * </pre>
 */
public final class Outgoing {

  /** Frames under way at a time: enough to keep a link busy, few enough to keep its queue short. */
  private static final int DEPTH = 4;

  private enum State { SENT, ANNOUNCED, WITHDRAWING, STREAMING, ENDED }

  private final Messages messages;
  private final int dest;
  private final long number;
  private final Cargo cargo;
  private final Ending ending;
  /** Whether the receiver may be reading the memory itself, at any time from the announcement to TAKEN. */
  private boolean shared;
  private State state;
  private MpiException failure;
  private long wanted;
  private long offset;
  private int underWay;
  private boolean draining;

  Outgoing(Messages messages, int dest, long number, Cargo cargo, Ending ending, boolean announced,
      boolean shared) {
    this.messages = messages;
    this.dest = dest;
    this.number = number;
    this.cargo = cargo;
    this.ending = ending;
    this.shared = shared;
    this.state = announced ? State.ANNOUNCED : State.SENT;
  }

  int dest() {
    return dest;
  }

  /**
   * Takes the message back, unless it is too late: then it goes on.
   *
   * @param why the failure with which it ends
   */
  public void withdraw(MpiException why) {
    if (state == State.ANNOUNCED) {
      state = State.WITHDRAWING;
      failure = why;
      messages.control(dest, MessageKind.WITHDRAW, number, 0);
    }
  }

  /**
   * Stops, whatever the receiver thinks; ends when the link has let go of what is under way.
   *
   * @param why the failure with which it ends
   */
  public void abandon(MpiException why) {
    if (state == State.ANNOUNCED || state == State.WITHDRAWING || state == State.STREAMING) {
      state = State.STREAMING;
      breakOff(why);
      if (shared && !messages.isGone(dest)) {
        messages.giveUpLater(this);
      } else {
        pump();
      }
    }
  }

  /** The receiver has read it, or will not read it any more. */
  void taken() {
    if (state == State.STREAMING && shared) {
      giveUp();
    } else if (state == State.ANNOUNCED || state == State.WITHDRAWING) {
      failure = null;
      end();
    }
  }

  /** Nobody reads the memory any more. */
  void giveUp() {
    shared = false;
    pump();
  }

  private void breakOff(MpiException why) {
    failure = why;
    wanted = offset;
    messages.control(dest, MessageKind.BROKEN, number, 0);
  }

  void withdrawn() {
    if (state == State.WITHDRAWING) {
      end();
    }
  }

  void pulled(long bytes) {
    if (state == State.ANNOUNCED || state == State.WITHDRAWING) {
      failure = null;
      shared = false;
      state = State.STREAMING;
      wanted = Math.clamp(bytes, 0, cargo.length());
      pump();
    }
  }

  /** The link has let go of one frame. */
  void landed(Throwable cause) {
    if (cause != null && failure == null) {
      failure = messages.lost(dest, cause);
      wanted = offset;
    }
    if (state == State.SENT) {
      end();
    } else {
      underWay--;
      pump();
    }
  }

  private void pump() {
    if (shared) {
      return;
    }
    while (state == State.STREAMING && offset < wanted && underWay < DEPTH && !draining) {
      if (messages.route().isCongested(dest)) {
        draining = true;
        messages.route().onDrain(dest, this::drained);
        return;
      }
      sendNext();
    }
    if (state == State.STREAMING && offset >= wanted && underWay == 0) {
      end();
    }
  }

  private void drained() {
    draining = false;
    pump();
  }

  private void sendNext() {
    long bytes = Math.min(messages.frameBytes(dest), wanted - offset);
    MemorySegment part;
    try {
      part = cargo.piece(offset, bytes);
    } catch (RuntimeException e) {
      breakOff(new MpiException(ErrorClass.BUFFER, "the memory cannot be read: " + e.getMessage(), e));
      return;
    }
    underWay++;
    messages.stream(this, number, offset, part);
    offset += bytes;
  }

  private void end() {
    state = State.ENDED;
    messages.forget(number);
    ending.ended(failure);
  }
}
