package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.node.FrameKind;

/**
 * The frames of windows, and what the fields of their envelopes mean.
 *
 * <p>To the target, on the context of the window. Parts count up from 1 for each pair of origin and target, locks
 * likewise.
 *
 * <pre>
 *              sequence  tag            first       second    payload
 *   PUT        part      0              byte        0         [layout] data
 *   GET        part      0              byte        bytes     [layout]
 *   ACCUMULATE part      op, primitive  byte        0         [layout] data
 *   FETCH      part      op, primitive  byte        operand   -
 *   LOCK       lock      lock type      0           0         -
 *   WITHDRAW   lock      0              0           0         -
 *   UNLOCK     lock      0              0           0         -
 * </pre>
 *
 * <p>The byte counts from the beginning of the target's memory. Flag {@link #LAYOUT} says that the payload begins with
 * a {@link PartLayout}, whose places count from that byte; without it, the data is one block there.
 *
 * <p>To the origin, on the context {@link #replies} derived from that of the window:
 *
 * <pre>
 *   ACK        part      0              0           0         -       parts up to this one are applied
 *   DATA       part      0              0           0         data    the reply to a GET, also an ACK
 *   FETCHED    part      0              bits        0         -       the reply to a FETCH, also an ACK
 *   REFUSED    part      error class    0           0         -       nothing of the part is applied; also an ACK
 *   GRANTED    lock      0              0           0         -       the lock is held
 *   WITHDRAWN  lock      error class    0           0         -       the lock is not held and not waited for
 *   RELEASED   lock      0              0           0         -       the lock is given back, all parts are applied
 *   MEET       meeting   round          verdict     0         -       check: which call; see {@link Meeting}
 * </pre>
 */
final class RmaFrames {

  static final byte PUT = FrameKind.RMA;
  static final byte GET = FrameKind.RMA + 1;
  static final byte ACCUMULATE = FrameKind.RMA + 2;
  static final byte FETCH = FrameKind.RMA + 3;
  static final byte LOCK = FrameKind.RMA + 4;
  static final byte WITHDRAW = FrameKind.RMA + 5;
  static final byte UNLOCK = FrameKind.RMA + 6;

  static final byte ACK = FrameKind.RMA + 16;
  static final byte DATA = FrameKind.RMA + 17;
  static final byte FETCHED = FrameKind.RMA + 18;
  static final byte REFUSED = FrameKind.RMA + 19;
  static final byte GRANTED = FrameKind.RMA + 20;
  static final byte WITHDRAWN = FrameKind.RMA + 21;
  static final byte RELEASED = FrameKind.RMA + 22;
  static final byte MEET = FrameKind.RMA + 23;

  /** Flag: the payload begins with a layout. */
  static final short LAYOUT = 1;

  /** The operations by their number on the wire; a new one goes to the end. */
  private static final Op[] OPS = {Op.SUM, Op.PROD, Op.MIN, Op.MAX, Op.BAND, Op.BOR, Op.BXOR, Op.LAND, Op.LOR, Op.LXOR,
      Op.REPLACE, Op.NO_OP};

  private RmaFrames() {
  }

  /** The context on which origins get replies. */
  static ContextId replies(ContextId window) {
    return window.derive("replies", 0);
  }

  /** Operation and primitive as a tag. */
  static int tag(Op op, Primitive primitive) {
    for (int i = 0; i < OPS.length; i++) {
      if (OPS[i] == op) {
        return i << 8 | primitive.code();
      }
    }
    throw new IllegalArgumentException("the operation " + op + " does not travel");
  }

  /** The operation of a tag that came from a peer. */
  static Op op(int tag) {
    int number = tag >>> 8;
    if (number >= OPS.length) {
      throw new IllegalArgumentException("no operation has the number " + number);
    }
    return OPS[number];
  }

  /** The primitive of a tag that came from a peer. */
  static Primitive primitive(int tag) {
    return Primitive.ofCode(tag & 0xff);
  }
}
