package dev.vertxmpi.runtime.node;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which endpoint takes the frames of which context and rank, and what came before its endpoint.
 *
 * <p>What a peer may leave in the stash is bounded, and so is what all may leave together. Beyond that
 * {@link #deliver} throws, which ends the peer's link. Keys that were unbound lately are remembered, so that frames
 * that still come for them are dropped and not stashed.
 */
final class Bindings {

  /** What one peer may leave, with {@link #OVERHEAD} for each frame. */
  static final long MOST_PER_PEER = 32L << 20;

  /** What all peers may leave. */
  static final long MOST_OF_ALL = 256L << 20;

  /** What a frame costs beside its payload. */
  static final int OVERHEAD = 256;

  private static final int TOMBSTONES = 1 << 16;

  private record Key(ContextId context, int rank) {
  }

  private record Known(ContextId context, int rank, Slot slot) {
  }

  /** A few slots that were found lately: by the last bits of context and rank. Races only lose an entry. */
  private final Known[] known = new Known[64];

  private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
  private final LinkedHashSet<Key> tombstones = new LinkedHashSet<>();
  private final Map<NodeId, Long> stashed = new ConcurrentHashMap<>();
  private long stashedInAll;

  void bind(ContextId context, int rank, Endpoint endpoint) {
    Key key = new Key(context, rank);
    synchronized (tombstones) {
      tombstones.remove(key);
    }
    slots.computeIfAbsent(key, none -> new Slot(this::unstashed)).bind(endpoint);
  }

  void unbind(ContextId context, int rank) {
    Key key = new Key(context, rank);
    synchronized (tombstones) {
      tombstones.add(key);
      if (tombstones.size() > TOMBSTONES) {
        tombstones.removeFirst();
      }
    }
    Slot slot = slots.remove(key);
    Arrays.fill(known, null);
    if (slot != null) {
      slot.unbind();
    }
  }

  /** Hands a frame on or stashes it; throws where the stash is full. */
  void deliver(NodeId from, Frame frame) {
    Key key = new Key(frame.envelope().context(), frame.envelope().target());
    Slot slot = slots.get(key);
    while (slot == null || !slot.take(from, frame, this::keep)) {
      synchronized (tombstones) {
        if (tombstones.contains(key)) {
          frame.release();
          return;
        }
        slot = slots.computeIfAbsent(key, none -> new Slot(this::unstashed));
      }
    }
  }

  /** Hands a frame on before this returns where that can be; else copies it. Throws where the stash is full. */
  void deliver(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
    Slot slot = known(envelope.context(), envelope.target());
    if (slot == null || !(slot.takeNow(from, envelope, memory, offset, length)
        || slot.takeSoon(from, envelope, memory, offset, length))) {
      deliver(from, Frame.copyOf(envelope, memory, offset, length));
    }
  }

  private Slot known(ContextId context, int rank) {
    int index = (int) (context.low() + rank) & known.length - 1;
    Known entry = known[index];
    if (entry != null && entry.rank == rank && entry.context.equals(context)) {
      return entry.slot;
    }
    Slot slot = slots.get(new Key(context, rank));
    if (slot != null) {
      known[index] = new Known(context, rank, slot);
    }
    return slot;
  }

  private Slot.Early keep(NodeId from, Frame frame) {
    MemorySegment payload = frame.payload();
    charge(from, cost(payload));
    byte[] copy = payload.toArray(ValueLayout.JAVA_BYTE);
    Frame kept = Frame.of(frame.envelope(), MemorySegment.ofArray(copy));
    frame.release();
    return new Slot.Early(from, kept);
  }

  private static long cost(MemorySegment payload) {
    return OVERHEAD + payload.byteSize();
  }

  private void charge(NodeId from, long cost) {
    synchronized (stashed) {
      long after = stashed.getOrDefault(from, 0L) + cost;
      if (after > MOST_PER_PEER || stashedInAll + cost > MOST_OF_ALL) {
        throw new IllegalStateException("too much came for contexts that do not exist here: the limit is "
            + MOST_PER_PEER + " bytes for each node and " + MOST_OF_ALL + " for all");
      }
      stashed.put(from, after);
      stashedInAll += cost;
    }
  }

  private void unstashed(Slot.Early early) {
    long cost = cost(early.frame().payload());
    synchronized (stashed) {
      stashed.computeIfPresent(early.from(), (node, sum) -> sum == cost ? null : sum - cost);
      stashedInAll -= cost;
    }
  }

  /** Forgets what a node has left here for contexts that do not exist yet. */
  void dropEarly(NodeId from) {
    for (Key key : slots.keySet()) {
      slots.computeIfPresent(key, (same, slot) -> slot.retire(from) ? null : slot);
    }
  }

  int size() {
    return slots.size();
  }

  void close() {
    for (Key key : slots.keySet()) {
      unbind(key.context(), key.rank());
    }
  }
}
