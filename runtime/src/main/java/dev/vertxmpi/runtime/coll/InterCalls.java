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
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The collectives of an intercommunicator, with the options and the key of a view. */
public final class InterCalls extends GroupCalls {

  private final Lane remote;
  private final Lane own;
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
    super(new CallStarter(calls, engine, options, key), codecs, lanes.get(0));
    this.remote = lanes.get(0);
    this.own = lanes.get(1);
    this.server = server;
  }

  private InterPlans plans() {
    return new InterPlans(remote, own);
  }

  /** The fingerprint of a rooted call says on which side the root is: 0 for the server's. */
  @Override
  Fingerprint rooted(CollectiveKind kind, Root root) {
    boolean here = !(root instanceof Root.Rank);
    return Fingerprint.of(kind).root(here == server ? 0 : 1);
  }

  @Override
  void check(Root root) {
    if (root instanceof Root.Rank(int rank) && (rank < 0 || rank >= remote.size())) {
      throw new MpiException(ErrorClass.ROOT, "root must be a rank of the remote group, 0 to " + (remote.size() - 1)
          + ", or self or none, but is " + rank);
    }
  }

  private Claims claims(Root root, int shape) {
    check(root);
    return Claims.of(root, own.route().self(), shape);
  }

  @Override
  boolean isRoot(Root root) {
    return root instanceof Root.Self;
  }

  private static int shape(MessageBuffer buffer) {
    return buffer.datatype().signature().hash(buffer.count());
  }

  @Override
  public Future<Void> barrier() {
    return starter().begin(Fingerprint.of(CollectiveKind.BARRIER), "MPI_Barrier", () -> plans().meet(claims(null, 0)),
        () -> null);
  }

  /**
   * The barrier at the end of the communicator.
   *
   * @param call under way, in the domain
   * @param kind free or disconnect
   */
  public void part(Call<Void> call, CollectiveKind kind) {
    starter().run(call, Fingerprint.of(kind), () -> plans().meet(claims(null, 0)), () -> null);
  }

  @Override
  public Future<Void> bcast(MessageBuffer buffer, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(buffer);
    return hold.until(starter().begin(rooted(CollectiveKind.BCAST, root), "MPI_Bcast", () -> {
      hold.check();
      return plans().bcast(root, claims(root, shape(buffer)), Parcel.of(buffer));
    }, () -> null));
  }

  @Override
  public <T> Future<Optional<T>> reduce(T value, Op op, Root root) {
    Objects.requireNonNull(root);
    ValueReduction<T> reduction = root instanceof Root.Rank ? ValueReduction.of(codecs(), value, op) : null;
    Parcel.OfBytes result = new Parcel.OfBytes(null);
    return starter().begin(rooted(CollectiveKind.REDUCE, root).op(op).easy(), "MPI_Reduce", () -> {
      Claims claims = reduction == null ? Claims.of(root, own.route().self()) : claims(root, reduction.shape());
      return plans().reduce(root, claims, reduction == null ? null : reduction.combining(), result);
    }, () -> isRoot(root) ? Optional.ofNullable(codecs().decode(CodecRegistry.classOf(value), result.bytes()))
        : Optional.empty());
  }

  @Override
  public Future<Void> reduce(MessageBuffer from, MessageBuffer into, Op op, Root root) {
    Objects.requireNonNull(root);
    Hold hold = Hold.of(from, into);
    return hold.until(starter().begin(rooted(CollectiveKind.REDUCE, root).op(op), "MPI_Reduce", () -> {
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
    ValueReduction<T> reduction = ValueReduction.of(codecs(), value, op);
    Parcel.OfBytes result = new Parcel.OfBytes(null);
    return starter().begin(reduction.print(CollectiveKind.ALLREDUCE), "MPI_Allreduce",
        () -> plans().allreduce(claims(null, 0), reduction.combining(), result),
        () -> codecs().decode(CodecRegistry.classOf(value), result.bytes()));
  }

  @Override
  public <T> Future<List<T>> gather(T value, Root root) {
    Objects.requireNonNull(root);
    boolean sends = root instanceof Root.Rank;
    Supplier<byte[]> encoded = Attempt.of(() -> sends ? codecs().encode(value) : null);
    ValueList<T> list = new ValueList<>(codecs(), CodecRegistry.classOf(value), remote);
    return starter().begin(rooted(CollectiveKind.GATHER, root).easy(), "MPI_Gather", () -> {
      check(root);
      byte[] bytes = encoded.get();
      return plans().gather(root, () -> Cargo.of(bytes), list::landing);
    }, () -> isRoot(root) ? list.decode() : List.of());
  }

  @Override
  Schedule planBcast(Root root, Parcel parcel) {
    return plans().bcast(root, claims(root, 0), parcel);
  }

  @Override
  Schedule planAllreduce(MessageBuffer from, MessageBuffer into, Op op) {
    return plans().allreduce(claims(null, 0), InterPlans.combining(BufferReduction.of(from, into, op)),
        Parcel.of(into));
  }

  @Override
  Schedule planGather(Root root, Supplier<Cargo> own, IntFunction<Landing> blocks) {
    return plans().gather(root, own, blocks);
  }

  @Override
  Schedule planAllgather(Cargo own, IntFunction<Landing> blocks) {
    return plans().allgather(() -> own, blocks);
  }
}
