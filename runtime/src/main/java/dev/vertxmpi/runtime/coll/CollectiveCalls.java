package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Collectives;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.call.Hold;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Cargo;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The collectives of an intracommunicator, with the options and the key of a view. */
public final class CollectiveCalls implements Collectives {

  private final CallStarter starter;
  private final Lane lane;
  private final CodecRegistry codecs;

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
    this.starter = new CallStarter(calls, engine, options, key);
    this.lane = lane;
    this.codecs = codecs;
  }

  private Plans plans() {
    return new Plans(lane, new Schedule());
  }

  private boolean isRoot(Root root) {
    return root instanceof Root.Rank(int rank) && rank == lane.route().self();
  }

  /** The number of the root, for fingerprints; any number for a wrong one. */
  private static int number(Root root) {
    return root instanceof Root.Rank(int rank) ? rank : -1;
  }

  private int check(Root root) {
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
    return starter.begin(Fingerprint.of(kind), kind.procedure(),
        () -> starter.key() == null ? plans().meeting() : plans().barrier(), result);
  }

  /**
   * The barrier at the end of the communicator.
   *
   * @param call under way, in the domain
   * @param kind free or disconnect
   */
  public void part(Call<Void> call, CollectiveKind kind) {
    starter.run(call, Fingerprint.of(kind), () -> plans().barrier(), () -> null);
  }

  @Override
  public <T> Future<T> bcast(Class<T> type, T valueAtRoot, Root root) {
    Objects.requireNonNull(type);
    Objects.requireNonNull(root);
    Supplier<byte[]> encoded = Attempt.of(() -> isRoot(root) ? codecs.encode(valueAtRoot) : null);
    Parcel.OfBytes[] parcel = new Parcel.OfBytes[1];
    return starter.begin(Fingerprint.of(CollectiveKind.BCAST).root(number(root)).easy(), "MPI_Bcast", () -> {
      parcel[0] = new Parcel.OfBytes(encoded.get());
      return plans().bcast(check(root), parcel[0]);
    }, () -> codecs.decode(type, parcel[0].bytes()));
  }

  @Override
  public Future<Void> bcast(MessageBuffer buffer, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(buffer);
    Fingerprint print = Fingerprint.of(CollectiveKind.BCAST).root(number(root)).signature(buffer);
    return hold.until(starter.begin(print, "MPI_Bcast", () -> {
      hold.check();
      return Algorithms.isPipelined(lane.size(), buffer.bytes())
          ? plans().pipelined(check(root), buffer)
          : plans().bcast(check(root), Parcel.of(buffer));
    }, () -> null));
  }

  @Override
  public <T> Future<Optional<T>> reduce(T value, Op op, Root root) {
    Objects.requireNonNull(root);
    ValueReduction<T> reduction = ValueReduction.of(codecs, value, op);
    return starter.begin(reduction.print(CollectiveKind.REDUCE).root(number(root)), "MPI_Reduce",
        () -> reduction.reduce(plans(), check(root)),
        () -> isRoot(root) ? Optional.ofNullable(reduction.result()) : Optional.empty());
  }

  @Override
  public <T> Future<T> allreduce(T value, Op op) {
    ValueReduction<T> reduction = ValueReduction.of(codecs, value, op);
    return starter.begin(reduction.print(CollectiveKind.ALLREDUCE), "MPI_Allreduce", () -> reduction.allreduce(plans()),
        reduction::result);
  }

  @Override
  public Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(from, into);
    Fingerprint print = Fingerprint.of(CollectiveKind.REDUCE).root(number(root)).op(op).signature(from);
    return hold.until(starter.begin(print, "MPI_Reduce", () -> {
      hold.check();
      int rank = check(root);
      MessageBuffer result = isRoot(root) ? into : null;
      return BufferReduction.of(from, result, op).reduce(plans(), rank, BufferReduction.landing(result));
    }, () -> null));
  }

  @Override
  public Future<Void> allreduce(MessageBuffer from, MessageBuffer into, Op op) {
    Hold hold = Hold.of(from, into);
    Fingerprint print = Fingerprint.of(CollectiveKind.ALLREDUCE).op(op).signature(from);
    return hold.until(starter.begin(print, "MPI_Allreduce", () -> {
      hold.check();
      return BufferReduction.of(from, into, op).allreduce(plans(), BufferReduction.landing(into));
    }, () -> null));
  }

  @Override
  public <T> Future<List<T>> gather(T value, Root root) {
    Objects.requireNonNull(root);
    Supplier<byte[]> encoded = Attempt.of(() -> codecs.encode(value));
    ValueList<T> list = new ValueList<>(codecs, CodecRegistry.classOf(value), lane);
    return starter.begin(Fingerprint.of(CollectiveKind.GATHER).root(number(root)).easy(), "MPI_Gather", () -> {
      Cargo own = Cargo.of(list.own(encoded.get()));
      return plans().gather(check(root), () -> own, list::landing);
    }, () -> isRoot(root) ? list.decode() : List.of());
  }

  @Override
  public <T> Future<List<T>> allgather(T value) {
    Supplier<byte[]> encoded = Attempt.of(() -> codecs.encode(value));
    ValueList<T> list = new ValueList<>(codecs, CodecRegistry.classOf(value), lane);
    return starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER).easy(), "MPI_Allgather", () -> {
      return plans().allgather(Cargo.of(list.own(encoded.get())), list::landing);
    }, list::decode);
  }

  @Override
  public Future<Void> gather(MessageBuffer from, Blocks into, Root root) {
    Objects.requireNonNull(root);
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, lane, isRoot(root), hold);
    Fingerprint print = Fingerprint.of(CollectiveKind.GATHER).root(number(root));
    return hold.until(starter.begin(print, "MPI_Gather", () -> {
      int rank = check(root);
      blocks.check();
      Schedule schedule = plans().gather(rank, () -> Cargo.of(from), blocks::landing);
      return isRoot(root) ? blocks.copyOwn(schedule) : schedule;
    }, () -> null));
  }

  @Override
  public Future<Void> allgather(MessageBuffer from, Blocks into) {
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, lane, true, hold);
    return hold.until(starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER), "MPI_Allgather", () -> {
      blocks.check();
      return blocks.copyOwn(plans().allgather(Cargo.of(from), blocks::landing));
    }, () -> null));
  }
}
