package dev.vertxmpi.runtime.codec;

import dev.vertxmpi.Codecs;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The codecs of a rank: those of the library, and those of the user by the name of their class. No class is ever loaded
 * by a name that came from a peer. Thread-safe.
 */
public final class CodecRegistry implements Codecs {

  record Codec(Class<?> type, Function<Object, Buffer> encode, Function<Buffer, ?> decode) {
  }

  private final Map<String, Codec> registered = new ConcurrentHashMap<>();

  /** Only the codecs of the library. */
  public CodecRegistry() {
  }

  @Override
  public <T> Codecs register(Class<T> type, Function<T, Buffer> encode, Function<Buffer, T> decode) {
    Objects.requireNonNull(encode);
    Objects.requireNonNull(decode);
    registered.put(type.getName(), new Codec(type, value -> encode.apply(type.cast(value)), decode));
    return this;
  }

  /** The codec of the user for a class, or null. */
  Codec of(Class<?> type) {
    Codec codec = registered.get(type.getName());
    return codec != null && codec.type() == type ? codec : null;
  }

  /** The codec of the user for a name from a peer, or null. */
  Codec named(String name) {
    return registered.get(name);
  }

  /**
   * Encodes a value.
   *
   * @param value may be null
   * @return the bytes, of the library's own
   * @throws MpiException {@link ErrorClass#TYPE} where there is no codec for it or a part of it
   */
  public byte[] encode(Object value) {
    ValueWriter writer = new ValueWriter(this);
    writer.write(value, 0);
    return writer.toBytes();
  }

  /**
   * Decodes a value.
   *
   * @param <T> type of the value
   * @param type what it must be
   * @param bytes from a peer
   * @return the value, null where null was sent
   * @throws MpiException {@link ErrorClass#TYPE} where the bytes are another type, or malformed
   */
  public <T> T decode(Class<T> type, byte[] bytes) {
    return boxed(type).cast(decode((Type) type, bytes));
  }

  private Object decode(Type type, byte[] bytes) {
    ValueReader reader = new ValueReader(this, bytes);
    try {
      Object value = reader.read(type, 0);
      reader.expectEnd();
      return value;
    } catch (MpiException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new MpiException(ErrorClass.TYPE, "the message cannot be decoded as " + type.getTypeName() + ": "
          + e.getMessage(), e);
    }
  }

  /**
   * The class by which values like one are decoded: of buffers and lists their interface.
   *
   * @param <T> type of the value
   * @param value null where nothing is known
   * @return its class, that of all objects for null
   */
  @SuppressWarnings("unchecked")
  public static <T> Class<T> classOf(T value) {
    return (Class<T>) switch (value) {
      case null -> Object.class;
      case Buffer buffer -> Buffer.class;
      case List<?> list -> List.class;
      default -> value.getClass();
    };
  }

  /** The class whose instances stand for values of a primitive type. */
  @SuppressWarnings("unchecked")
  static <T> Class<T> boxed(Class<T> type) {
    return type.isPrimitive() ? (Class<T>) MethodType.methodType(type).wrap().returnType() : type;
  }
}
