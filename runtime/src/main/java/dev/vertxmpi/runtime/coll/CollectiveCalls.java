package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.call.Hold;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The collectives of an intracommunicator, with the options and the key of a view. */
public final class CollectiveCalls extends GroupCalls {

  private final Lane lane;

  /**
   * A view.
   *
   * @param calls of the communicator
   * @param engine of the communicator
   * @param lane to its group
   * @param codecs of the rank
   * @param options of the calls
   * @param key null to match by order
   */
  public CollectiveCalls(Calls calls, CollectiveEngine engine, Lane lane, CodecRegistry codecs, CallOptions options,
      String key) {
    super(new CallStarter(calls, engine, options, key), codecs, lane);
    this.lane = lane;
  }

  private Plans plans() {
    return new Plans(lane, new Schedule());
  }

  @Override
  boolean isRoot(Root root) {
    return root instanceof Root.Rank(int rank) && rank == lane.route().self();
  }

  /** The number of the root, for fingerprints; any number for a wrong one. */
  private static int number(Root root) {
    return root instanceof Root.Rank(int rank) ? rank : -1;
  }

  @Override
  Fingerprint rooted(CollectiveKind kind, Root root) {
    return Fingerprint.of(kind).root(number(root));
  }

  @Override
  void check(Root root) {
    rank(root);
  }

  private int rank(Root root) {
    if (root instanceof Root.Rank(int rank) && rank >= 0 && rank < lane.size()) {
      return rank;
    }
    throw new MpiException(ErrorClass.ROOT, "root must be a rank from 0 to " + (lane.size() - 1) + ", but is " + root);
  }

  @Override
  public Future<Void> barrier() {
    return barrier(CollectiveKind.BARRIER, () -> null);
  }

  /**
   * Something that all do together and that sends no data.
   *
   * @param <T> type of the result
   * @param kind what
   * @param result made when all have called
   * @return the result
   */
  public <T> Future<T> barrier(CollectiveKind kind, Supplier<T> result) {
    return starter().begin(Fingerprint.of(kind), kind.procedure(),
        () -> starter().key() == null ? plans().meeting() : plans().barrier(), result);
  }

  /**
   * The barrier at the end of the communicator.
   *
   * @param call under way, in the domain
   * @param kind free or disconnect
   */
  public void part(Call<Void> call, CollectiveKind kind) {
    starter().run(call, Fingerprint.of(kind), () -> plans().barrier(), () -> null);
  }

  @Override
  public Future<Void> bcast(MessageBuffer buffer, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(buffer);
    Fingerprint print = rooted(CollectiveKind.BCAST, root).signature(buffer);
    return hold.until(starter().begin(print, "MPI_Bcast", () -> {
      hold.check();
      return Algorithms.isPipelined(lane.size(), buffer.bytes())
          ? plans().pipelined(rank(root), buffer)
          : plans().bcast(rank(root), Parcel.of(buffer));
    }, () -> null));
  }

  @Override
  public <T> Future<Optional<T>> reduce(T value, Op op, Root root) {
    Objects.requireNonNull(root);
    ValueReduction<T> reduction = ValueReduction.of(codecs(), value, op);
    return starter().begin(reduction.print(CollectiveKind.REDUCE).root(number(root)), "MPI_Reduce",
        () -> reduction.reduce(plans(), rank(root)),
        () -> isRoot(root) ? Optional.ofNullable(reduction.result()) : Optional.empty());
  }

  @Override
  public <T> Future<T> allreduce(T value, Op op) {
    ValueReduction<T> reduction = ValueReduction.of(codecs(), value, op);
    return starter().begin(reduction.print(CollectiveKind.ALLREDUCE), "MPI_Allreduce",
        () -> reduction.allreduce(plans()), reduction::result);
  }

  @Override
  public Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(from, into);
    Fingerprint print = rooted(CollectiveKind.REDUCE, root).op(op).signature(from);
    return hold.until(starter().begin(print, "MPI_Reduce", () -> {
      hold.check();
      int rank = rank(root);
      MessageBuffer result = isRoot(root) ? into : null;
      return BufferReduction.of(from, result, op).reduce(plans(), rank, BufferReduction.landing(result));
    }, () -> null));
  }

  @Override
  public <T> Future<List<T>> gather(T value, Root root) {
    Objects.requireNonNull(root);
    Supplier<byte[]> encoded = Attempt.of(() -> codecs().encode(value));
    ValueList<T> list = new ValueList<>(codecs(), CodecRegistry.classOf(value), lane);
    return starter().begin(rooted(CollectiveKind.GATHER, root).easy(), "MPI_Gather", () -> {
      Cargo own = Cargo.of(list.own(encoded.get()));
      return plans().gather(rank(root), () -> own, list::landing);
    }, () -> isRoot(root) ? list.decode() : List.of());
  }

  @Override
  Schedule planBcast(Root root, Parcel parcel) {
    return plans().bcast(rank(root), parcel);
  }

  @Override
  Schedule planAllreduce(MessageBuffer from, MessageBuffer into, Op op) {
    return BufferReduction.of(from, into, op).allreduce(plans(), BufferReduction.landing(into));
  }

  @Override
  Schedule planGather(Root root, Supplier<Cargo> own, IntFunction<Landing> blocks) {
    return plans().gather(rank(root), own, blocks);
  }

  @Override
  Schedule planAllgather(Cargo own, IntFunction<Landing> blocks) {
    return plans().allgather(own, blocks);
  }
}
