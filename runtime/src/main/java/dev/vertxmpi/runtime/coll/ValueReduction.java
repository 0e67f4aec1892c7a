package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A reduction of values: element by element with a predefined operation, as a whole with one of the user.
 *
 * @param <T> type of the values
 */
abstract class ValueReduction<T> {

  private final Op op;

  private ValueReduction(Op op) {
    this.op = op;
  }

  /** Takes the value at the call. */
  static <T> ValueReduction<T> of(CodecRegistry codecs, T value, Op op) {
    Class<T> type = CodecRegistry.classOf(Objects.requireNonNull(value));
    return op.kind() == Op.Predefined.USER ? new Whole<>(codecs, type, value, op)
        : new ByElement<>(codecs, type, value, op);
  }

  Fingerprint print(CollectiveKind kind) {
    return Fingerprint.of(kind).op(op).easy();
  }

  abstract Schedule reduce(Plans plans, int root);

  abstract Schedule allreduce(Plans plans);

  /** For two groups: the encoded result of a group, at its rank 0. */
  abstract Function<Plans, Supplier<Parcel>> combining();

  /** A hash of what must be the same at every rank of a group. */
  abstract int shape();

  /** At the end, where the result is for this rank. */
  abstract T result();

  /** With a predefined operation. */
  private static final class ByElement<T> extends ValueReduction<T> {

    private final CodecRegistry codecs;
    private final Op op;
    private final Class<T> type;
    private final Elements elements;
    /** The result. */
    private MemorySegment packed;

    ByElement(CodecRegistry codecs, Class<T> type, T value, Op op) {
      super(op);
      this.codecs = codecs;
      this.op = op;
      this.type = type;
      this.elements = Elements.of(value);
    }

    @Override
    Fingerprint print(CollectiveKind kind) {
      return elements == null
          ? super.print(kind)
          : super.print(kind).elements(elements.primitive(), elements.count());
    }

    private SlicedReduction reduction() {
      if (elements == null) {
        throw new MpiException(ErrorClass.OP, "the operation " + op + " applies to primitive arrays and boxed numbers, "
            + "but the value is " + type.getTypeName() + ": make one with Op.of");
      }
      checkForMessages(op);
      Reduction.check(op, elements.primitive());
      packed = Staging.allocate(elements.packed().byteSize());
      return new SlicedReduction(op, elements.primitive(), Cargo.of(elements.packed(), true));
    }

    @Override
    Schedule reduce(Plans plans, int root) {
      SlicedReduction reduction = reduction();
      return reduction.reduce(plans, root, Landing.into(packed));
    }

    @Override
    Schedule allreduce(Plans plans) {
      SlicedReduction reduction = reduction();
      return reduction.allreduce(plans, Landing.into(packed));
    }

    @Override
    Function<Plans, Supplier<Parcel>> combining() {
      SlicedReduction reduction = reduction();
      return plans -> {
        reduction.reduce(plans, 0, Landing.into(packed));
        return () -> new Parcel.OfBytes(codecs.encode(result()));
      };
    }

    @Override
    int shape() {
      return elements == null ? 0 : Long.hashCode(elements.count() * 16 + elements.primitive().code());
    }

    @Override
    T result() {
      return type.cast(elements.unpack().apply(packed));
    }
  }

  /** The operations of windows alone. */
  static void checkForMessages(Op op) {
    if (op.kind() == Op.Predefined.REPLACE || op.kind() == Op.Predefined.NO_OP) {
      throw new MpiException(ErrorClass.OP, "the operation " + op + " is for windows only");
    }
  }

  /** With an operation of the user. */
  private static final class Whole<T> extends ValueReduction<T> {

    private final CodecRegistry codecs;
    private final Class<T> type;
    private final Op op;
    private final Supplier<byte[]> encoded;
    private byte[] result;

    Whole(CodecRegistry codecs, Class<T> type, T value, Op op) {
      super(op);
      this.codecs = codecs;
      this.type = type;
      this.op = op;
      this.encoded = Attempt.of(() -> codecs.encode(value));
    }

    private Reducer reducer() {
      Class<?> expected = op.type().orElseThrow();
      if (!expected.isAssignableFrom(type)) {
        throw new MpiException(ErrorClass.OP, "the operation " + op + " is for " + expected.getTypeName()
            + ", but the value is " + type.getTypeName());
      }
      return new Reducer.Values(encoded.get(), bytes -> codecs.decode(type, bytes), codecs::encode,
          op.function().orElseThrow());
    }

    @Override
    Schedule reduce(Plans plans, int root) {
      return plans.reduce(root, reducer(), this::keep);
    }

    @Override
    Schedule allreduce(Plans plans) {
      return plans.allreduce(reducer(), 0, this::keep);
    }

    private void keep(Parcel parcel) {
      result = ((Parcel.OfBytes) parcel).bytes();
    }

    @Override
    Function<Plans, Supplier<Parcel>> combining() {
      Reducer reducer = reducer();
      return plans -> {
        plans.reduce(0, reducer, this::keep);
        return () -> new Parcel.OfBytes(result);
      };
    }

    @Override
    int shape() {
      return 0;
    }

    @Override
    T result() {
      return codecs.decode(type, result);
    }
  }
}
