package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * The way from one origin to one target: steps in the order of the calls, parts in flight in the order of sending.
 *
 * <pre>
 *   steps: unlock, flush, put, [put]  ----&gt;  in flight: part 7, part 6, part 5  ----&gt;  target
 *                              current                   at most 4 MiB                   acknowledges
 * </pre>
 *
 * <p>Confined to the domain of the origin.
 */
final class Lane {

  /** Data in flight, so that a target's loop and the link stay responsive. */
  private static final long MAX_BYTES = 4L << 20;

  /** Small parts in flight. */
  private static final int MAX_PARTS = 1024;

  private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

  /** A part in flight. */
  private record Part(long sequence, Operation<?> operation, Cutter.Cut cut) {
  }

  /** Something to do when a part and all before it are applied. */
  private record Waiter(long sequence, Runnable action) {
  }

  private final Node node;
  private final ProgressDomain domain;
  private final Members members;
  private final int target;
  private final ProcessId process;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Deque<Part> inFlight = new ArrayDeque<>();
  private final Queue<Waiter> waiters = new ArrayDeque<>();
  private final List<Runnable> whenIdle = new ArrayList<>();
  private long bytesInFlight;
  private long sent;
  private long applied;
  private long locks;
  private boolean pumping;
  private boolean congested;
  private MpiException broken;
  /** Of the lock that the calls so far have asked for and not given back; else null. */
  private Epoch epoch;

  Lane(Node node, ProgressDomain domain, Members members, int target) {
    this.node = node;
    this.domain = domain;
    this.members = members;
    this.target = target;
    this.process = members.process(target);
  }

  int target() {
    return target;
  }

  /** The lock's epoch in the order of the calls, whether it is granted yet or not; null where there is none. */
  Epoch epoch() {
    return epoch;
  }

  void setEpoch(Epoch next) {
    epoch = next;
  }

  /** The number of the lock that was asked for last. */
  long lastLock() {
    return locks;
  }

  long nextLock() {
    return ++locks;
  }

  void add(Step step) {
    if (broken != null) {
      step.abort(broken);
    } else {
      steps.add(step);
      pump();
    }
  }

  /** Goes on with the steps. */
  void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (!steps.isEmpty() && steps.getFirst().advance()) {
        steps.removeFirst();
      }
    } finally {
      pumping = false;
    }
    tellIfIdle();
  }

  /** The step that the lane waits for; null where there is none. */
  Step current() {
    return steps.peekFirst();
  }

  /** Whether another part may be sent now. Where not, the lane goes on by itself later. */
  boolean hasRoom(int bytes) {
    boolean full = inFlight.size() >= MAX_PARTS || (bytesInFlight > 0 && bytesInFlight + bytes > MAX_BYTES);
    if (full || congested) {
      return false;
    }
    if (node.isCongested(process)) {
      congested = true;
      node.onDrain(process, () -> domain.execute(() -> {
        congested = false;
        pump();
      }));
      return false;
    }
    return true;
  }

  /**
   * Sends a part of an operation.
   *
   * @param operation gets the answer
   * @param kind of the frame
   * @param cut what the part is about
   * @param tag of the kind
   * @param second of the kind
   * @param payload layout and data
   * @return settles when the link has let go of the payload
   */
  Future<Void> sendPart(Operation<?> operation, byte kind, Cutter.Cut cut, int tag, long second,
      MemorySegment payload) {
    Part part = new Part(++sent, operation, cut);
    inFlight.add(part);
    bytesInFlight += cut.bytes();
    short flags = cut.layout() == null ? 0 : RmaFrames.LAYOUT;
    return send(new Envelope(kind, flags, members.context(), members.rank(), target, tag, part.sequence(), 0,
        cut.first(), second), payload);
  }

  /** Sends a frame without data. */
  void sendControl(byte kind, int tag, long sequence) {
    send(new Envelope(kind, (short) 0, members.context(), members.rank(), target, tag, sequence, 0, 0, 0), NOTHING);
  }

  private Future<Void> send(Envelope envelope, MemorySegment payload) {
    return node.send(process, Frame.of(envelope, payload))
        .onFailure(cause -> domain.execute(() -> breakDown(MpiException.of(cause))));
  }

  /**
   * Runs an action when all parts sent so far are applied at the target.
   *
   * @param action also runs when the target is gone
   */
  void whenApplied(Runnable action) {
    if (applied >= sent) {
      action.run();
    } else {
      waiters.add(new Waiter(sent, action));
    }
  }

  /**
   * Runs an action when no step waits and all parts are applied.
   *
   * @param action at once where that is so
   */
  void whenIdle(Runnable action) {
    whenIdle.add(action);
    tellIfIdle();
  }

  private void tellIfIdle() {
    if (!whenIdle.isEmpty() && steps.isEmpty() && inFlight.isEmpty()) {
      List<Runnable> actions = new ArrayList<>(whenIdle);
      whenIdle.clear();
      actions.forEach(Runnable::run);
    }
  }

  /** All parts up to a number are applied. */
  void onAck(long sequence) {
    settle(sequence);
    pump();
  }

  /** A part is answered, with data, bits or a refusal; all before it are applied. */
  void onReply(long sequence, BiConsumer<Operation<?>, Cutter.Cut> reply) {
    settle(sequence - 1);
    if (inFlight.isEmpty() || inFlight.getFirst().sequence() != sequence) {
      throw new IllegalArgumentException("a reply to part " + sequence + ", which is not in flight");
    }
    Part part = remove();
    reply.accept(part.operation(), part.cut());
    wake();
    pump();
  }

  private void settle(long sequence) {
    while (!inFlight.isEmpty() && inFlight.getFirst().sequence() <= sequence) {
      remove().operation().onApplied();
    }
    wake();
  }

  private Part remove() {
    Part part = inFlight.removeFirst();
    bytesInFlight -= part.cut().bytes();
    applied = part.sequence();
    return part;
  }

  private void wake() {
    while (!waiters.isEmpty() && waiters.peek().sequence() <= applied) {
      waiters.remove().action().run();
    }
  }

  /** The target is gone, or cannot be reached: everything that needs it fails, now and later. */
  void breakDown(MpiException why) {
    if (broken != null) {
      return;
    }
    broken = why;
    inFlight.forEach(part -> part.operation().abort(why));
    inFlight.clear();
    bytesInFlight = 0;
    applied = sent;
    List<Step> waiting = new ArrayList<>(steps);
    steps.clear();
    waiting.forEach(step -> step.abort(why));
    wake();
    tellIfIdle();
  }
}
