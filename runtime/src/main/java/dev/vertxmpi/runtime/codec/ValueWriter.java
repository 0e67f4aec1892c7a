package dev.vertxmpi.runtime.codec;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Writes values as {@link ValueKind} lays down. */
final class ValueWriter {

  private static final ValueLayout.OfChar CHAR = ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final CodecRegistry codecs;
  private byte[] array = new byte[16];
  private MemorySegment segment = MemorySegment.ofArray(array);
  private int length;

  ValueWriter(CodecRegistry codecs) {
    this.codecs = codecs;
  }

  byte[] toBytes() {
    return array.length == length ? array : Arrays.copyOf(array, length);
  }

  void write(Object value, int depth) {
    if (depth > ValueKind.MOST_DEPTH) {
      throw new MpiException(ErrorClass.TYPE, "values lie more than " + ValueKind.MOST_DEPTH + " deep in each other");
    }
    switch (value) {
      case null -> kind(ValueKind.NULL);
      case Boolean b -> octet(ValueKind.BOOLEAN, b ? 1 : 0);
      case Byte b -> octet(ValueKind.BYTE, b);
      case Character c -> put(CHAR, number(ValueKind.CHARACTER, 2), c);
      case Short s -> put(SHORT, number(ValueKind.SHORT, 2), s);
      case Integer i -> put(INT, number(ValueKind.INTEGER, 4), i);
      case Long l -> put(LONG, number(ValueKind.LONG, 8), l);
      case Float f -> put(FLOAT, number(ValueKind.FLOAT, 4), f);
      case Double d -> put(DOUBLE, number(ValueKind.DOUBLE, 8), d);
      case String s -> {
        kind(ValueKind.STRING);
        text(s);
      }
      default -> {
        if (!writeArray(value)) {
          writeObject(value, depth);
        }
      }
    }
  }

  private boolean writeArray(Object value) {
    switch (value) {
      case byte[] a -> copy(a, ValueLayout.JAVA_BYTE, elements(ValueKind.BYTES, a.length, 1), a.length);
      case boolean[] a -> {
        int at = elements(ValueKind.BOOLEANS, a.length, 1);
        for (boolean b : a) {
          array[at++] = (byte) (b ? 1 : 0);
        }
      }
      case char[] a -> copy(a, CHAR, elements(ValueKind.CHARS, a.length, 2), a.length);
      case short[] a -> copy(a, SHORT, elements(ValueKind.SHORTS, a.length, 2), a.length);
      case int[] a -> copy(a, INT, elements(ValueKind.INTS, a.length, 4), a.length);
      case long[] a -> copy(a, LONG, elements(ValueKind.LONGS, a.length, 8), a.length);
      case float[] a -> copy(a, FLOAT, elements(ValueKind.FLOATS, a.length, 4), a.length);
      case double[] a -> copy(a, DOUBLE, elements(ValueKind.DOUBLES, a.length, 8), a.length);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void writeObject(Object value, int depth) {
    CodecRegistry.Codec codec = codecs.of(value.getClass());
    if (codec != null) {
      Buffer encoded = encode(codec, value);
      kind(ValueKind.REGISTERED);
      text(codec.type().getName());
      buffer(encoded);
      return;
    }
    switch (value) {
      case Buffer b -> {
        kind(ValueKind.BUFFER);
        buffer(b);
      }
      case JsonObject json -> {
        kind(ValueKind.JSON_OBJECT);
        text(json.encode());
      }
      case JsonArray json -> {
        kind(ValueKind.JSON_ARRAY);
        text(json.encode());
      }
      case UUID uuid -> {
        put(LONG, number(ValueKind.UUID, 16), uuid.getMostSignificantBits());
        put(LONG, length - 8L, uuid.getLeastSignificantBits());
      }
      case List<?> list -> {
        kind(ValueKind.LIST);
        count(list.size());
        for (Object element : list) {
          write(element, depth + 1);
        }
      }
      case Record r -> writeRecord(r, depth);
      default -> throw new MpiException(ErrorClass.TYPE, "there is no codec for " + value.getClass().getName()
          + ": register one with Mpi.codecs()");
    }
  }

  private static Buffer encode(CodecRegistry.Codec codec, Object value) {
    try {
      return codec.encode().apply(value);
    } catch (RuntimeException e) {
      throw new MpiException(ErrorClass.TYPE, "the codec of " + codec.type().getName() + " failed to encode: "
          + e.getMessage(), e);
    }
  }

  private void writeRecord(Record value, int depth) {
    RecordShape shape = RecordShape.of(value.getClass());
    kind(ValueKind.RECORD);
    text(value.getClass().getName());
    put(room(1), (byte) shape.length());
    for (int i = 0; i < shape.length(); i++) {
      write(shape.get(value, i), depth + 1);
    }
  }

  private void kind(byte kind) {
    put(room(1), kind);
  }

  private void octet(byte kind, int value) {
    kind(kind);
    put(room(1), (byte) value);
  }

  /** Writes the kind of a number and gives its place. */
  private int number(byte kind, int size) {
    kind(kind);
    return room(size);
  }

  /** Writes the head of an array and gives the place of its elements. */
  private int elements(byte kind, int count, int size) {
    kind(kind);
    count(count);
    return room((long) count * size);
  }

  private void count(int count) {
    put(INT, room(4), count);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    count(utf8.length);
    copy(utf8, ValueLayout.JAVA_BYTE, room(utf8.length), utf8.length);
  }

  private void buffer(Buffer buffer) {
    count(buffer.length());
    int at = room(buffer.length());
    buffer.getBytes(array, at);
  }

  // Room is made before these run, so that they see the arrays where they are then.

  private void put(int at, byte value) {
    array[at] = value;
  }

  private void put(ValueLayout.OfChar layout, long at, char value) {
    segment.set(layout, at, value);
  }

  private void put(ValueLayout.OfShort layout, long at, short value) {
    segment.set(layout, at, value);
  }

  private void put(ValueLayout.OfInt layout, long at, int value) {
    segment.set(layout, at, value);
  }

  private void put(ValueLayout.OfLong layout, long at, long value) {
    segment.set(layout, at, value);
  }

  private void put(ValueLayout.OfFloat layout, long at, float value) {
    segment.set(layout, at, value);
  }

  private void put(ValueLayout.OfDouble layout, long at, double value) {
    segment.set(layout, at, value);
  }

  private void copy(Object from, ValueLayout layout, int at, int count) {
    MemorySegment.copy(from, 0, segment, layout, at, count);
  }

  /** Makes room and gives its place. The arrays may move. */
  private int room(long bytes) {
    long end = length + bytes;
    if (end > Integer.MAX_VALUE - 8) {
      throw new MpiException(ErrorClass.TYPE, "the value is longer than 2 GiB: use the exact form");
    }
    if (end > array.length) {
      array = Arrays.copyOf(array, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8, 2L * array.length)));
      segment = MemorySegment.ofArray(array);
    }
    int at = length;
    length = (int) end;
    return at;
  }
}
