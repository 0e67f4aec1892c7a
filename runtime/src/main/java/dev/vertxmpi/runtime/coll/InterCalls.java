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
import java.util.function.Function;
import java.util.function.Supplier;

/** The collectives of an intercommunicator, with the options and the key of a view. */
public final class InterCalls implements Collectives {

  private final CallStarter starter;
  private final Lane remote;
  private final Lane own;
  private final CodecRegistry codecs;
  private final boolean server;

  /**
   * A view.
   *
   * @param calls of the communicator
   * @param engine of the communicator
   * @param lanes to the remote group and to the own one
   * @param codecs of the rank
   * @param server which of the two sides this is
   * @param options of the calls
   * @param key null to match by order
   */
  public InterCalls(Calls calls, CollectiveEngine engine, List<Lane> lanes, CodecRegistry codecs, boolean server,
      CallOptions options, String key) {
    this.starter = new CallStarter(calls, engine, options, key);
    this.remote = lanes.get(0);
    this.own = lanes.get(1);
    this.codecs = codecs;
    this.server = server;
  }

  private InterPlans plans() {
    return new InterPlans(remote, own);
  }

  /** The fingerprint of a rooted call says on which side the root is: 0 for the server's. */
  private Fingerprint rooted(CollectiveKind kind, Root root) {
    boolean here = !(root instanceof Root.Rank);
    return Fingerprint.of(kind).root(here == server ? 0 : 1);
  }

  private Claims claims(Root root, int shape) {
    if (root instanceof Root.Rank(int rank) && (rank < 0 || rank >= remote.size())) {
      throw new MpiException(ErrorClass.ROOT, "root must be a rank of the remote group, 0 to " + (remote.size() - 1)
          + ", or self or none, but is " + rank);
    }
    return Claims.of(root, own.route().self(), shape);
  }

  private static boolean isRoot(Root root) {
    return root instanceof Root.Self;
  }

  /** Whether data goes from or to this rank. */
  private static boolean counts(Root root) {
    return !(root instanceof Root.None);
  }

  private static int shape(MessageBuffer buffer) {
    return buffer.datatype().signature().hash(buffer.count());
  }

  @Override
  public Future<Void> barrier() {
    return starter.begin(Fingerprint.of(CollectiveKind.BARRIER), "MPI_Barrier", () -> plans().meet(claims(null, 0)),
        () -> null);
  }

  /**
   * The barrier at the end of the communicator.
   *
   * @param call under way, in the domain
   * @param kind free or disconnect
   */
  public void part(Call<Void> call, CollectiveKind kind) {
    starter.run(call, Fingerprint.of(kind), () -> plans().meet(claims(null, 0)), () -> null);
  }

  @Override
  public <T> Future<T> bcast(Class<T> type, T valueAtRoot, Root root) {
    Objects.requireNonNull(type);
    Objects.requireNonNull(root);
    Supplier<byte[]> encoded = Attempt.of(() -> isRoot(root) ? codecs.encode(valueAtRoot) : null);
    Parcel.OfBytes[] parcel = new Parcel.OfBytes[1];
    return starter.begin(rooted(CollectiveKind.BCAST, root).easy(), "MPI_Bcast", () -> {
      parcel[0] = new Parcel.OfBytes(encoded.get());
      return plans().bcast(root, claims(root, 0), parcel[0]);
    }, () -> counts(root) ? codecs.decode(type, parcel[0].bytes()) : null);
  }

  @Override
  public Future<Void> bcast(MessageBuffer buffer, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(buffer);
    return hold.until(starter.begin(rooted(CollectiveKind.BCAST, root), "MPI_Bcast", () -> {
      hold.check();
      return plans().bcast(root, claims(root, shape(buffer)), Parcel.of(buffer));
    }, () -> null));
  }

  @Override
  public <T> Future<Optional<T>> reduce(T value, Op op, Root root) {
    Objects.requireNonNull(root);
    ValueReduction<T> reduction = root instanceof Root.Rank ? ValueReduction.of(codecs, value, op) : null;
    Parcel.OfBytes result = new Parcel.OfBytes(null);
    return starter.begin(rooted(CollectiveKind.REDUCE, root).op(op).easy(), "MPI_Reduce", () -> {
      Claims claims = reduction == null ? Claims.of(root, own.route().self()) : claims(root, reduction.shape());
      return plans().reduce(root, claims, reduction == null ? null : reduction.combining(), result);
    }, () -> isRoot(root) ? Optional.ofNullable(codecs.decode(CodecRegistry.classOf(value), result.bytes()))
        : Optional.empty());
  }

  @Override
  public Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(from, into);
    return hold.until(starter.begin(rooted(CollectiveKind.REDUCE, root).op(op), "MPI_Reduce", () -> {
      hold.check();
      boolean operand = root instanceof Root.Rank;
      Function<Plans, Supplier<Parcel>> combining = operand
          ? InterPlans.combining(BufferReduction.of(from, null, op))
          : null;
      return plans().reduce(root, claims(root, shape(operand ? from : into)), combining, Parcel.of(into));
    }, () -> null));
  }

  @Override
  public <T> Future<T> allreduce(T value, Op op) {
    ValueReduction<T> reduction = ValueReduction.of(codecs, value, op);
    Parcel.OfBytes result = new Parcel.OfBytes(null);
    return starter.begin(reduction.print(CollectiveKind.ALLREDUCE), "MPI_Allreduce",
        () -> plans().allreduce(claims(null, 0), reduction.combining(), result),
        () -> codecs.decode(CodecRegistry.classOf(value), result.bytes()));
  }

  @Override
  public Future<Void> allreduce(MessageBuffer from, MessageBuffer into, Op op) {
    Hold hold = Hold.of(from, into);
    Fingerprint print = Fingerprint.of(CollectiveKind.ALLREDUCE).op(op).signature(from);
    return hold.until(starter.begin(print, "MPI_Allreduce", () -> {
      hold.check();
      return plans().allreduce(claims(null, 0), InterPlans.combining(BufferReduction.of(from, into, op)),
          Parcel.of(into));
    }, () -> null));
  }

  @Override
  public <T> Future<List<T>> gather(T value, Root root) {
    Objects.requireNonNull(root);
    boolean sends = root instanceof Root.Rank;
    Supplier<byte[]> encoded = Attempt.of(() -> sends ? codecs.encode(value) : null);
    ValueList<T> list = new ValueList<>(codecs, CodecRegistry.classOf(value), remote);
    return starter.begin(rooted(CollectiveKind.GATHER, root).easy(), "MPI_Gather", () -> {
      claims(root, 0);
      byte[] bytes = encoded.get();
      return plans().gather(root, () -> Cargo.of(bytes), list::landing);
    }, () -> isRoot(root) ? list.decode() : List.of());
  }

  @Override
  public Future<Void> gather(MessageBuffer from, Blocks into, Root root) {
    Objects.requireNonNull(root);
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, remote, isRoot(root), hold);
    return hold.until(starter.begin(rooted(CollectiveKind.GATHER, root), "MPI_Gather", () -> {
      claims(root, 0);
      blocks.check();
      return plans().gather(root, () -> Cargo.of(from), blocks::landing);
    }, () -> null));
  }

  @Override
  public <T> Future<List<T>> allgather(T value) {
    Supplier<byte[]> encoded = Attempt.of(() -> codecs.encode(value));
    ValueList<T> list = new ValueList<>(codecs, CodecRegistry.classOf(value), remote);
    return starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER).easy(), "MPI_Allgather", () -> {
      byte[] bytes = encoded.get();
      return plans().allgather(() -> Cargo.of(bytes), list::landing);
    }, list::decode);
  }

  @Override
  public Future<Void> allgather(MessageBuffer from, Blocks into) {
    Objects.requireNonNull(into);
    Hold hold = Hold.of(from);
    BlockList blocks = new BlockList(from, into, remote, true, hold);
    return hold.until(starter.begin(Fingerprint.of(CollectiveKind.ALLGATHER), "MPI_Allgather", () -> {
      blocks.check();
      return plans().allgather(() -> Cargo.of(from), blocks::landing);
    }, () -> null));
  }
}
