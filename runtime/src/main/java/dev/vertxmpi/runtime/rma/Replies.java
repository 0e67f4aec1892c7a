package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.util.List;

/** Takes what targets answer, and the words of meetings, and hands them to the origin in its domain. */
final class Replies implements Endpoint {

  private static final ErrorClass[] CLASSES = ErrorClass.values();

  private final Complaints complaints;
  private final ProgressDomain domain;
  private final Origin origin;

  Replies(Members members, Origin origin, ProgressDomain domain) {
    this.complaints = new Complaints(members.context());
    this.domain = domain;
    this.origin = origin;
  }

  @Override
  public ProgressDomain domain() {
    return domain;
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    try {
      Envelope envelope = frame.envelope();
      origin.peers().check(from, envelope);
      if (envelope.kind() == RmaFrames.MEET) {
        origin.meeting().onFrame(envelope);
        return;
      }
      Lane lane = origin.laneInUse(envelope.source());
      if (lane == null) {
        throw new IllegalArgumentException("an answer of rank " + envelope.source() + ", which was asked nothing");
      }
      deliver(lane, frame);
    } catch (IllegalArgumentException e) {
      complaints.dropped(e);
    } finally {
      frame.release();
    }
  }

  private static void deliver(Lane lane, Frame frame) {
    Envelope envelope = frame.envelope();
    long sequence = envelope.sequence();
    switch (envelope.kind()) {
      case RmaFrames.ACK -> lane.onAck(sequence);
      case RmaFrames.DATA -> lane.onReply(sequence, (operation, cut) -> operation.onData(cut, frame.payload()));
      case RmaFrames.FETCHED -> lane.onReply(sequence, (operation, cut) -> operation.onFetched(envelope.first()));
      case RmaFrames.REFUSED -> {
        MpiException refusal = refusal(lane, envelope);
        lane.onReply(sequence, (operation, cut) -> operation.stop(refusal));
      }
      case RmaFrames.GRANTED -> {
        if (lane.current() instanceof LockStep lock) {
          lock.onGranted(sequence);
        }
      }
      case RmaFrames.WITHDRAWN -> {
        MpiException refusal = refusal(lane, envelope);
        if (lane.current() instanceof LockStep lock) {
          lock.onWithdrawn(sequence, refusal);
        }
      }
      case RmaFrames.RELEASED -> {
        if (lane.current() instanceof UnlockStep unlock) {
          unlock.onReleased(sequence);
        }
      }
      default -> throw new IllegalArgumentException("no answer has the kind " + envelope.kind());
    }
  }

  private static MpiException refusal(Lane lane, Envelope envelope) {
    if (envelope.tag() < 0 || envelope.tag() >= CLASSES.length) {
      throw new IllegalArgumentException("no error class has the number " + envelope.tag());
    }
    ErrorClass cause = CLASSES[envelope.tag()];
    String reason = switch (cause) {
      case WIN -> "has freed its window";
      case RMA_RANGE -> "refused a part that leaves its window";
      case BUFFER -> "has lost the memory of its window: its arena was closed";
      default -> "refused a part";
    };
    return new MpiException(cause, "rank " + lane.target() + " " + reason).ranks(List.of(lane.target()));
  }
}
