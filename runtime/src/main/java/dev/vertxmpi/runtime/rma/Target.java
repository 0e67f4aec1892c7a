package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The side of a window that owns the memory: applies what origins ask for, in the order in which it arrives, and keeps
 * the lock. Confined to its domain, which is not that of the owner's handlers.
 *
 * <p>A part has at most {@link Envelope#MAX_PAYLOAD} bytes, so each is one turn of the loop.
 */
final class Target implements Endpoint {

  /** Acknowledgements wait for the end of the turn, but not for more parts than this. */
  private static final int ACK_EVERY = 64;

  private static final LockType[] LOCK_TYPES = LockType.values();

  private final Node node;
  private final Members members;
  private final Memory memory;
  private final ProgressDomain domain;
  private final ContextId replies;
  private final Peers peers;
  private final Complaints complaints;
  private final LockQueue locks = new LockQueue();
  private final Map<Integer, Progress> progress = new HashMap<>();
  private boolean closed;

  /** What is known of an origin. */
  private static final class Progress {
    private long applied;
    private long acknowledged;
    private boolean scheduled;
  }

  Target(Node node, Members members, Memory memory, ProgressDomain domain) {
    this.node = node;
    this.members = members;
    this.memory = memory;
    this.domain = domain;
    this.replies = RmaFrames.replies(members.context());
    this.peers = new Peers(node, members);
    this.complaints = new Complaints(members.context());
  }

  @Override
  public ProgressDomain domain() {
    return domain;
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    try {
      peers.check(from, frame.envelope());
      switch (frame.envelope().kind()) {
        case RmaFrames.PUT, RmaFrames.GET, RmaFrames.ACCUMULATE, RmaFrames.FETCH -> onPart(frame);
        case RmaFrames.LOCK -> onLock(frame.envelope());
        case RmaFrames.WITHDRAW -> onRelease(frame.envelope(), RmaFrames.WITHDRAWN);
        case RmaFrames.UNLOCK -> onRelease(frame.envelope(), RmaFrames.RELEASED);
        default -> throw new IllegalArgumentException("no request has the kind " + frame.envelope().kind());
      }
    } catch (IllegalArgumentException e) {
      complaints.dropped(e);
    } finally {
      frame.release();
    }
  }

  private void onPart(Frame frame) {
    Envelope envelope = frame.envelope();
    Progress origin = progress.computeIfAbsent(envelope.source(), rank -> new Progress());
    if (envelope.sequence() != origin.applied + 1) {
      throw new IllegalArgumentException("part " + envelope.sequence() + " of rank " + envelope.source()
          + " follows part " + origin.applied);
    }
    origin.applied++;
    try {
      apply(envelope, frame.payload(), origin);
    } catch (MpiException e) {
      refuse(envelope, origin, e.errorClass());
    } catch (IllegalArgumentException e) {
      refuse(envelope, origin, ErrorClass.ARG);
      throw e;
    } catch (IllegalStateException e) {
      // The owner closed the arena of the memory under the window.
      refuse(envelope, origin, ErrorClass.BUFFER);
    }
  }

  private void apply(Envelope envelope, MemorySegment payload, Progress origin) {
    if (closed) {
      throw new MpiException(ErrorClass.WIN, "the window is freed");
    }
    MemorySegment window = memory.segment();
    switch (envelope.kind()) {
      case RmaFrames.PUT -> {
        Data data = Data.of(envelope, payload, window);
        data.forEach((place, packed, length) -> MemorySegment.copy(data.bytes(), packed, window, place, length));
        acknowledge(envelope.source(), origin);
      }
      case RmaFrames.ACCUMULATE -> {
        Op op = RmaFrames.op(envelope.tag());
        Primitive primitive = RmaFrames.primitive(envelope.tag());
        Reduction.check(op, primitive);
        Data data = Data.of(envelope, payload, window).inWhole(primitive.size());
        data.forEach((place, packed, length) ->
            Accumulator.apply(op, primitive, window, place, data.bytes(), packed, length));
        acknowledge(envelope.source(), origin);
      }
      case RmaFrames.GET -> answer(envelope, origin, Data.asked(envelope, payload, window));
      default -> fetch(envelope, origin, window);
    }
  }

  private void fetch(Envelope envelope, Progress origin, MemorySegment window) {
    Op op = RmaFrames.op(envelope.tag());
    Primitive primitive = RmaFrames.primitive(envelope.tag());
    Reduction.check(op, primitive);
    Data.checkRange(envelope.first(), primitive.size(), window);
    long bits = Accumulator.fetch(op, primitive, window, envelope.first(), envelope.second());
    origin.acknowledged = origin.applied;
    reply(envelope.source(), RmaFrames.FETCHED, 0, envelope.sequence(), bits);
  }

  /** Sends the window's own bytes where they are one block; the memory is kept until the link has let go of them. */
  private void answer(Envelope envelope, Progress origin, Data asked) {
    origin.acknowledged = origin.applied;
    Envelope head = head(envelope.source(), RmaFrames.DATA, 0, envelope.sequence(), 0);
    ProcessId to = members.process(envelope.source());
    if (asked.isBlock()) {
      memory.retain();
      node.send(to, Frame.of(head, memory.segment().asSlice(envelope.first(), asked.length())))
          .onComplete(sent -> memory.release());
      return;
    }
    MemorySegment packed = MemorySegment.ofArray(new byte[asked.length()]);
    MemorySegment window = memory.segment();
    asked.forEach((place, at, length) -> MemorySegment.copy(window, place, packed, at, length));
    node.send(to, Frame.of(head, packed));
  }

  private void refuse(Envelope envelope, Progress origin, ErrorClass cause) {
    origin.acknowledged = origin.applied;
    reply(envelope.source(), RmaFrames.REFUSED, cause.ordinal(), envelope.sequence(), 0);
  }

  private void acknowledge(int source, Progress origin) {
    if (origin.applied - origin.acknowledged >= ACK_EVERY) {
      flush(source, origin);
    } else if (!origin.scheduled) {
      origin.scheduled = true;
      domain.defer(() -> {
        origin.scheduled = false;
        flush(source, origin);
      });
    }
  }

  private void flush(int source, Progress origin) {
    if (origin.acknowledged < origin.applied) {
      origin.acknowledged = origin.applied;
      reply(source, RmaFrames.ACK, 0, origin.applied, 0);
    }
  }

  private void onLock(Envelope envelope) {
    if (envelope.tag() < 0 || envelope.tag() >= LOCK_TYPES.length) {
      throw new IllegalArgumentException("no lock type has the number " + envelope.tag());
    }
    ProcessId process = members.process(envelope.source());
    if (closed) {
      reply(envelope.source(), RmaFrames.WITHDRAWN, ErrorClass.WIN.ordinal(), envelope.sequence(), 0);
    } else if (!node.isGone(process)) {
      grant(locks.ask(new LockQueue.Request(process, envelope.sequence(), LOCK_TYPES[envelope.tag()])));
    }
  }

  private void onRelease(Envelope envelope, byte answer) {
    List<LockQueue.Request> next = locks.release(members.process(envelope.source()), envelope.sequence());
    Progress origin = progress.get(envelope.source());
    if (origin != null) {
      flush(envelope.source(), origin);
    }
    reply(envelope.source(), answer, 0, envelope.sequence(), 0);
    grant(next);
  }

  private void grant(List<LockQueue.Request> requests) {
    for (LockQueue.Request request : requests) {
      reply(members.group().rankOf(request.holder()), RmaFrames.GRANTED, 0, request.number(), 0);
    }
  }

  /** A process is gone: what it held goes on. */
  void depart(ProcessId process) {
    grant(locks.depart(process));
  }

  /** Refuses everything from now on, so that whoever still asks gets an answer. */
  void close() {
    closed = true;
    for (LockQueue.Request request : locks.clear()) {
      reply(members.group().rankOf(request.holder()), RmaFrames.WITHDRAWN, ErrorClass.WIN.ordinal(),
          request.number(), 0);
    }
  }

  private void reply(int to, byte kind, int tag, long sequence, long first) {
    node.send(members.process(to), Frame.of(head(to, kind, tag, sequence, first)));
  }

  private Envelope head(int to, byte kind, int tag, long sequence, long first) {
    return new Envelope(kind, (short) 0, replies, members.rank(), to, tag, sequence, 0, first, 0);
  }
}
