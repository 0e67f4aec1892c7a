package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.Collectives;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Hold;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The collectives that begin in the same way in one group and between two. A subclass makes their schedules. */
abstract class GroupCalls implements Collectives {

  private final CallStarter starter;
  private final CodecRegistry codecs;
  private final Lane peers;

  /** A view; the peers are those whom gather and allgather hear from. */
  GroupCalls(CallStarter starter, CodecRegistry codecs, Lane peers) {
    this.starter = starter;
    this.codecs = codecs;
    this.peers = peers;
  }

  final CallStarter starter() {
    return starter;
  }

  final CodecRegistry codecs() {
    return codecs;
  }

  /** The fingerprint of a call with a root; some fingerprint for a wrong one. */
  abstract Fingerprint rooted(CollectiveKind kind, Root root);

  abstract boolean isRoot(Root root);

  /** Fails where the root cannot be meant. */
  abstract void check(Root root);

  abstract Schedule planBcast(Root root, Parcel parcel);

  abstract Schedule planAllreduce(MessageBuffer from, MessageBuffer into, Op op);

  abstract Schedule planGather(Root root, Supplier<Cargo> own, IntFunction<Landing> blocks);

  abstract Schedule planAllgather(Cargo own, IntFunction<Landing> blocks);

  @Override
  public final <T> Future<T> bcast(Class<T> type, T valueAtRoot, Root root) {
    Objects.requireNonNull(type);
    Objects.requireNonNull(root);
    Supplier<byte[]> encoded = Attempt.of(() -> isRoot(root) ? codecs.encode(valueAtRoot) : null);
    Parcel.OfBytes[] parcel = new Parcel.OfBytes[1];
    return starter.begin(rooted(CollectiveKind.BCAST, root).easy(), "MPI_Bcast", () -> {
      parcel[0] = new Parcel.OfBytes(encoded.get());
      return planBcast(root, parcel[0]);
    }, () -> root instanceof Root.None ? null : codecs.decode(type, parcel[0].bytes()));
  }

  @Override
  public final Future<Void> allreduce(MessageBuffer from, MessageBuffer into, Op op) {
    Hold hold = Hold.of(from, into);
    Fingerprint print = Fingerprint.of(CollectiveKind.ALLREDUCE).op(op).signature(from);
    return hold.until(starter.begin(print, "MPI_Allreduce", () -> {
      hold.check();
      return planAllreduce(from, into, op);
    }, () -> null));
  }

  @Override
  public final Future<Void> gather(MessageBuffer from, Blocks into, Root root) {
    Objects.requireNonNull(root);
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, peers, isRoot(root), hold);
    return hold.until(starter.begin(rooted(CollectiveKind.GATHER, root), "MPI_Gather", () -> {
      check(root);
      blocks.check();
      return blocks.copyOwn(planGather(root, () -> Cargo.of(from), blocks::landing));
    }, () -> null));
  }

  @Override
  public final <T> Future<List<T>> allgather(T value) {
    Supplier<byte[]> encoded = Attempt.of(() -> codecs.encode(value));
    ValueList<T> list = new ValueList<>(codecs, CodecRegistry.classOf(value), peers);
    return starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER).easy(), "MPI_Allgather",
        () -> planAllgather(Cargo.of(list.own(encoded.get())), list::landing), list::decode);
  }

  @Override
  public final Future<Void> allgather(MessageBuffer from, Blocks into) {
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, peers, true, hold);
    return hold.until(starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER), "MPI_Allgather", () -> {
      blocks.check();
      return blocks.copyOwn(planAllgather(Cargo.of(from), blocks::landing));
    }, () -> null));
  }
}
