package dev.vertxmpi;

import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Codecs for types that the easy forms do not know by themselves. */
public interface Codecs {

  /**
   * Registers a type.
   *
   * @param <T> the type
   * @param type its class; exact, subclasses need their own
   * @param encode to bytes; must not block
   * @param decode from bytes that a peer sent: check them; must not block
   * @return this
   */
  <T> Codecs register(Class<T> type, Function<T, Buffer> encode, Function<Buffer, T> decode);
}
