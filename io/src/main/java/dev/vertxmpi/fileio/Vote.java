package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a rank tells the others at a step of a collective operation: how it went here, and what they need to know.
 *
 * <pre>
 *   0  byte   operation
 *   1  byte   0: well, 1: failed
 *   2  short  number of facts f
 *   4  long   facts
 *   4 + 8f    when failed: byte length of the error class, its name, the reason to the end
 * </pre>
 *
 * @param operation what the rank does
 * @param failure null where all went well
 * @param facts depend on the operation; as many at every rank
 */
record Vote(Operation operation, MpiException failure, long... facts) {

  private static final int HEAD = 4;
  /** Longer reasons are cut. */
  private static final int MAX_REASON = 4096;

  static Vote failed(Operation operation, MpiException failure, int facts) {
    return new Vote(operation, failure, new long[facts]);
  }

  Buffer encode() {
    Buffer buffer = Buffer.buffer().appendByte((byte) operation.ordinal())
        .appendByte((byte) (failure == null ? 0 : 1)).appendShort((short) facts.length);
    Arrays.stream(facts).forEach(buffer::appendLong);
    if (failure != null) {
      byte[] name = failure.errorClass().name().getBytes(StandardCharsets.UTF_8);
      byte[] reason = failure.reason().getBytes(StandardCharsets.UTF_8);
      buffer.appendByte((byte) name.length).appendBytes(name)
          .appendBytes(reason, 0, Math.min(MAX_REASON, reason.length));
    }
    return buffer;
  }

  /** Decodes what a peer sent. */
  static Vote decode(Buffer buffer, int rank) {
    try {
      Operation operation = Operation.values()[buffer.getByte(0)];
      int count = buffer.getShort(2);
      // Nothing is reserved for what did not come.
      Objects.checkFromIndexSize(HEAD, 8 * count, buffer.length());
      long[] facts = new long[count];
      for (int i = 0; i < facts.length; i++) {
        facts[i] = buffer.getLong(HEAD + 8 * i);
      }
      int rest = HEAD + 8 * facts.length;
      return new Vote(operation, buffer.getByte(1) == 0 ? null : decodeFailure(buffer, rest), facts);
    } catch (IndexOutOfBoundsException e) {
      throw new MpiException(ErrorClass.INTERN, "rank " + rank + " sent a malformed vote of " + buffer.length()
          + " bytes", e);
    }
  }

  private static MpiException decodeFailure(Buffer buffer, int at) {
    int length = buffer.getUnsignedByte(at);
    String name = buffer.getString(at + 1, at + 1 + length, StandardCharsets.UTF_8.name());
    String reason = buffer.getString(at + 1 + length, buffer.length(), StandardCharsets.UTF_8.name());
    ErrorClass errorClass = Arrays.stream(ErrorClass.values()).filter(known -> known.name().equals(name)).findFirst()
        .orElse(ErrorClass.OTHER);
    return new MpiException(errorClass, reason);
  }
}
