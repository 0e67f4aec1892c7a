package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Signature;
import dev.vertxmpi.memory.MessageBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be the same at every rank of a collective, in 64 bits that can be put into words again, so that a rank can
 * name the call of another.
 *
 * <pre>
 *   63    59 58   55 54     53         32 31    28 27              0
 *   | kind  |  op   | easy |  root + 1   |  type  | hash            |
 * </pre>
 *
 * <p>The type is the code of a primitive, 0 for none or several; the hash that of the signature, or of the name of a
 * user's operation. Lengths that may differ between ranks are left out.
 *
 * @param bits as above
 */
public record Fingerprint(long bits) {

  private static final int NO_OP = 15;
  private static final int ROOT_MASK = (1 << 22) - 1;
  private static final int HASH_MASK = (1 << 28) - 1;

  /**
   * The fingerprint of a call without operands.
   *
   * @param kind which collective
   * @return no root, operation or signature
   */
  public static Fingerprint of(CollectiveKind kind) {
    return new Fingerprint((long) kind.ordinal() << 59 | (long) NO_OP << 55);
  }

  /**
   * With a root.
   *
   * @param root its rank, or the side of an intercommunicator
   * @return a copy
   */
  public Fingerprint root(int root) {
    return new Fingerprint(bits | (long) ((root + 1) & ROOT_MASK) << 32);
  }

  /**
   * With an operation.
   *
   * @param op predefined, or of the user: then its name counts
   * @return a copy
   */
  public Fingerprint op(Op op) {
    long hash = op.kind() == Op.Predefined.USER ? op.name().hashCode() & HASH_MASK : 0;
    return new Fingerprint((bits & ~((long) NO_OP << 55)) | (long) op.kind().ordinal() << 55 | hash);
  }

  /**
   * As a call on values.
   *
   * @return a copy
   */
  public Fingerprint easy() {
    return new Fingerprint(bits | 1L << 54);
  }

  /**
   * With the signature of a buffer.
   *
   * @param buffer datatype and count matter
   * @return a copy
   */
  public Fingerprint signature(MessageBuffer buffer) {
    Signature signature = buffer.datatype().signature();
    return signature(buffer.bytes() == 0 ? 0 : signature.code(), signature.hash(buffer.count()));
  }

  /**
   * With a number of primitives.
   *
   * @param primitive of all
   * @param count how many
   * @return a copy
   */
  public Fingerprint elements(Primitive primitive, long count) {
    return signature(primitive.code(), Datatype.of(primitive).signature().hash(count));
  }

  private Fingerprint signature(int code, int hash) {
    return new Fingerprint(bits | (long) (code & 15) << 28 | (hash & HASH_MASK));
  }

  /**
   * The call in words.
   *
   * @return such as {@code MPI_Bcast(root 0, INT)}
   */
  public String inWords() {
    List<String> parts = new ArrayList<>();
    int root = (int) (bits >>> 32) & ROOT_MASK;
    if (root > 0) {
      parts.add("root " + (root - 1));
    }
    int op = (int) (bits >>> 55) & 15;
    Op.Predefined[] ops = Op.Predefined.values();
    if (op != NO_OP && op < ops.length) {
      parts.add(ops[op] == Op.Predefined.USER ? "an operation of the user" : ops[op].name());
    }
    int type = (int) (bits >>> 28) & 15;
    if (type > 0 && type <= Primitive.values().length) {
      parts.add(Primitive.ofCode(type).name());
    }
    if ((bits & 1L << 54) != 0) {
      parts.add("values");
    }
    return CollectiveKind.name((int) (bits >>> 59)) + "(" + String.join(", ", parts) + ")";
  }

  /** The call in words, with what sets it apart from one that has the same words. */
  String inWordsBeside(Fingerprint other) {
    return inWords().equals(other.inWords())
        ? inWords() + String.format(" with signature %07x", bits & HASH_MASK)
        : inWords();
  }
}
