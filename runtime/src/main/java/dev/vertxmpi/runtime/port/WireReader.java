package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Frame;
import java.lang.foreign.ValueLayout;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what {@link WireWriter} writes, from a peer that may be hostile: else it fails with {@code PORT}. */
final class WireReader {

  private final ByteBuffer in;

  WireReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /** Copies the payload of a frame and releases it. */
  static WireReader of(Frame frame) {
    try {
      return new WireReader(frame.payload().toArray(ValueLayout.JAVA_BYTE));
    } finally {
      frame.release();
    }
  }

  static MpiException malformed(String rule) {
    return new MpiException(ErrorClass.PORT, "a frame of a connection is malformed: " + rule);
  }

  UUID uuid() {
    return new UUID(big(), big());
  }

  private long big() {
    try {
      return in.getLong();
    } catch (BufferUnderflowException e) {
      throw malformed("it is cut off");
    }
  }

  int number() {
    try {
      return in.getInt();
    } catch (BufferUnderflowException e) {
      throw malformed("it is cut off");
    }
  }

  /** A number of things that follow, {@code least} or more, of at least {@code bytesEach}: never more than fit. */
  int count(int least, int bytesEach, String what) {
    int count = number();
    if (count < least || count > in.remaining() / bytesEach) {
      throw malformed("it says that " + count + " " + what + " follow");
    }
    return count;
  }

  /** An index into {@code size} things. */
  int index(int size, String what) {
    int index = number();
    if (index < 0 || index >= size) {
      throw malformed("it names number " + index + " of " + size + " " + what);
    }
    return index;
  }

  String text() {
    int length = in.remaining() < 2 ? Integer.MAX_VALUE : in.getShort() & 0xffff;
    if (length > WireWriter.MAX_TEXT || length > in.remaining()) {
      throw malformed("a text is too long or cut off");
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a text is not UTF-8");
    }
  }

  byte[] bytes(int length) {
    if (in.remaining() < length) {
      throw malformed("it is cut off");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  MpiException error() {
    String name = text();
    String reason = text();
    List<Integer> ranks = new ArrayList<>();
    for (int left = count(0, Integer.BYTES, "ranks"); left > 0; left--) {
      ranks.add(number());
    }
    return new MpiException(errorClass(name), reason).ranks(ranks);
  }

  private static ErrorClass errorClass(String name) {
    try {
      return ErrorClass.valueOf(name);
    } catch (IllegalArgumentException e) {
      return ErrorClass.OTHER;
    }
  }

  /** Nothing may follow. */
  void end() {
    if (in.hasRemaining()) {
      throw malformed(in.remaining() + " bytes follow its end");
    }
  }
}
