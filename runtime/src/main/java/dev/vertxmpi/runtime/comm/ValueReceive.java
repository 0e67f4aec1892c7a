package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.Received;
import dev.vertxmpi.Status;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Bytes;
import dev.vertxmpi.runtime.p2p.Landing;

/**
 * Receives a value.
 *
 * @param <T> its type
 */
final class ValueReceive<T> extends PostedReceive<Received<T>> {

  private final CodecRegistry codecs;
  private final Class<T> type;
  private final Bytes bytes = new Bytes();

  ValueReceive(Core core, Class<T> type, int source, int tag) {
    super(core, source, tag);
    this.codecs = core.codecs();
    this.type = type;
  }

  @Override
  Received<T> nothing(Status status) {
    return new Received<>(null, status);
  }

  @Override
  short form() {
    return MessageFlags.VALUE;
  }

  @Override
  Landing landing(int from, long check, long length) {
    return bytes;
  }

  @Override
  Received<T> result(Status status) {
    return new Received<>(codecs.decode(type, bytes.toArray()), status);
  }
}
