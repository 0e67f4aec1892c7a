package dev.vertxmpi.runtime.codec;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads values that a peer wrote as {@link ValueKind} lays down. Nothing is allocated before the bytes for it are
 * there.
 */
final class ValueReader {

  private final CodecRegistry codecs;
  private final ByteBuffer bytes;

  ValueReader(CodecRegistry codecs, byte[] bytes) {
    this.codecs = codecs;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void expectEnd() {
    if (bytes.hasRemaining()) {
      throw malformed(bytes.remaining() + " bytes follow the value");
    }
  }

  /** Reads a value that must be of a type. */
  Object read(Type wanted, int depth) {
    if (depth > ValueKind.MOST_DEPTH) {
      throw malformed("values lie more than " + ValueKind.MOST_DEPTH + " deep in each other");
    }
    Class<?> type = CodecRegistry.boxed(raw(wanted));
    need(1);
    byte kind = bytes.get();
    Object value = switch (kind) {
      case ValueKind.NULL -> null;
      case ValueKind.LIST -> list(wanted, type, depth);
      case ValueKind.RECORD -> record(type, depth);
      case ValueKind.REGISTERED -> registered(type);
      default -> plain(kind);
    };
    if (value != null && !type.isInstance(value)) {
      throw new MpiException(ErrorClass.TYPE, "the message is " + value.getClass().getTypeName() + ", but "
          + type.getTypeName() + " was asked for");
    }
    if (value == null && raw(wanted).isPrimitive()) {
      throw new MpiException(ErrorClass.TYPE, "the message is null, but " + wanted + " was asked for");
    }
    return value;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> known -> known;
      case ParameterizedType generic -> raw(generic.getRawType());
      case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
      default -> Object.class;
    };
  }

  private Object plain(byte kind) {
    return switch (kind) {
      case ValueKind.BOOLEAN -> bytes.get() != 0;
      case ValueKind.BYTE -> bytes.get();
      case ValueKind.CHARACTER -> bytes.getChar();
      case ValueKind.SHORT -> bytes.getShort();
      case ValueKind.INTEGER -> bytes.getInt();
      case ValueKind.LONG -> bytes.getLong();
      case ValueKind.FLOAT -> bytes.getFloat();
      case ValueKind.DOUBLE -> bytes.getDouble();
      case ValueKind.STRING -> text();
      case ValueKind.BUFFER -> Buffer.buffer(octets());
      case ValueKind.JSON_OBJECT -> new JsonObject(text());
      case ValueKind.JSON_ARRAY -> new JsonArray(text());
      case ValueKind.UUID -> new UUID(bytes.getLong(), bytes.getLong());
      default -> array(kind);
    };
  }

  private Object array(byte kind) {
    switch (kind) {
      case ValueKind.BYTES -> {
        return octets();
      }
      case ValueKind.BOOLEANS -> {
        byte[] from = octets();
        boolean[] into = new boolean[from.length];
        for (int i = 0; i < into.length; i++) {
          into[i] = from[i] != 0;
        }
        return into;
      }
      case ValueKind.CHARS -> {
        char[] into = new char[count(2)];
        skip(bytes.asCharBuffer().get(into).position() * 2);
        return into;
      }
      case ValueKind.SHORTS -> {
        short[] into = new short[count(2)];
        skip(bytes.asShortBuffer().get(into).position() * 2);
        return into;
      }
      case ValueKind.INTS -> {
        int[] into = new int[count(4)];
        skip(bytes.asIntBuffer().get(into).position() * 4);
        return into;
      }
      case ValueKind.LONGS -> {
        long[] into = new long[count(8)];
        skip(bytes.asLongBuffer().get(into).position() * 8);
        return into;
      }
      case ValueKind.FLOATS -> {
        float[] into = new float[count(4)];
        skip(bytes.asFloatBuffer().get(into).position() * 4);
        return into;
      }
      case ValueKind.DOUBLES -> {
        double[] into = new double[count(8)];
        skip(bytes.asDoubleBuffer().get(into).position() * 8);
        return into;
      }
      default -> throw malformed("the kind of value " + kind + " is not known");
    }
  }

  private List<Object> list(Type wanted, Class<?> type, int depth) {
    if (!type.isAssignableFrom(List.class)) {
      throw new MpiException(ErrorClass.TYPE, "the message is a list, but " + type.getTypeName() + " was asked for");
    }
    Type element = wanted instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    int count = count(1);
    List<Object> list = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      list.add(read(element, depth + 1));
    }
    return list;
  }

  private Object record(Class<?> type, int depth) {
    String name = text();
    if (!type.isRecord() || !type.getName().equals(name)) {
      throw new MpiException(ErrorClass.TYPE, "the message is a record " + printable(name) + ", but "
          + type.getTypeName() + " was asked for" + (type == Object.class
          ? ": records inside lists need a typed list as component of a record, or a codec in Mpi.codecs()" : ""));
    }
    RecordShape shape = RecordShape.of(type);
    int length = bytes.get() & 0xff;
    if (length != shape.length()) {
      throw malformed("the record " + printable(name) + " has " + length + " components there and " + shape.length()
          + " here");
    }
    Object[] values = new Object[length];
    for (int i = 0; i < length; i++) {
      values[i] = read(shape.type(i), depth + 1);
    }
    return shape.make(values);
  }

  private Object registered(Class<?> type) {
    String name = text();
    byte[] content = octets();
    CodecRegistry.Codec codec = codecs.named(name);
    if (codec == null || !type.isAssignableFrom(codec.type())) {
      throw new MpiException(ErrorClass.TYPE, "the message is a " + printable(name) + ", but " + type.getTypeName()
          + " was asked for" + (codec == null ? " and no codec of that name is registered here" : ""));
    }
    try {
      return codec.decode().apply(Buffer.buffer(content));
    } catch (RuntimeException e) {
      throw new MpiException(ErrorClass.TYPE, "the codec of " + name + " failed to decode: " + e.getMessage(), e);
    }
  }

  /** Names come from a peer: not every character belongs into a log. */
  private static String printable(String name) {
    String shown = name.length() > 200 ? name.substring(0, 200) + "..." : name;
    return shown.replaceAll("[^\\p{Graph} ]", "?");
  }

  private String text() {
    int length = count(1);
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    skip(length);
    return text;
  }

  private byte[] octets() {
    int length = count(1);
    byte[] octets = Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.position() + length);
    skip(length);
    return octets;
  }

  private void skip(int length) {
    bytes.position(bytes.position() + length);
  }

  /** Reads a number of elements, all of which must be there. */
  private int count(int size) {
    need(4);
    int count = bytes.getInt();
    if (count < 0 || count > bytes.remaining() / size) {
      throw malformed(count + " elements of " + size + " bytes cannot follow, only " + bytes.remaining()
          + " bytes are left");
    }
    return count;
  }

  private void need(int length) {
    if (bytes.remaining() < length) {
      throw malformed("it ends too early");
    }
  }

  private static MpiException malformed(String how) {
    return new MpiException(ErrorClass.TYPE, "the message is malformed: " + how);
  }
}
