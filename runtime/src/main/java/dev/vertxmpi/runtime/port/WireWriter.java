package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import io.vertx.core.buffer.Buffer;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Writes the payload of a frame of a connection. Big-endian; a text is its length in two bytes and UTF-8. */
final class WireWriter {

  /** The longest text. Longer ones are cut: only sentences for people can be so long. */
  static final int MAX_TEXT = 2048;

  /** Of the ranks that an error concerns, only so many are told. */
  private static final int MAX_RANKS = 1024;

  /** Bytes for ids and proofs beside a group. */
  private static final int HEADROOM = 256;

  private final Buffer out = Buffer.buffer();

  WireWriter uuid(UUID value) {
    out.appendLong(value.getMostSignificantBits()).appendLong(value.getLeastSignificantBits());
    return this;
  }

  WireWriter number(int value) {
    out.appendInt(value);
    return this;
  }

  WireWriter text(String value) {
    String kept = value.length() > MAX_TEXT / 4 ? value.substring(0, MAX_TEXT / 4) : value;
    byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
    out.appendUnsignedShort(bytes.length).appendBytes(bytes);
    return this;
  }

  WireWriter bytes(byte[] value) {
    out.appendBytes(value);
    return this;
  }

  WireWriter error(MpiException error) {
    List<Integer> ranks = error.ranks().subList(0, Math.min(error.ranks().size(), MAX_RANKS));
    text(error.errorClass().name()).text(error.reason()).number(ranks.size());
    ranks.forEach(this::number);
    return this;
  }

  /** Fails with {@code PORT} where no frame can hold it and what else a frame of a connection holds. */
  void mustFit() {
    if (out.length() > Envelope.MAX_PAYLOAD - HEADROOM) {
      throw new MpiException(ErrorClass.PORT, "the group is too large to connect: its addresses take " + out.length()
          + " bytes, but the limit is " + (Envelope.MAX_PAYLOAD - HEADROOM));
    }
  }

  /** What was written, on the heap. */
  MemorySegment payload() {
    return MemorySegment.ofArray(out.getBytes());
  }
}
