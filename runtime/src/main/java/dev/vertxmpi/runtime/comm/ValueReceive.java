package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.Received;
import dev.vertxmpi.Status;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Bytes;
import dev.vertxmpi.runtime.p2p.Incoming;
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

  ValueReceive(CodecRegistry codecs, Class<T> type, int source, int tag, Call<Received<T>> call) {
    super(source, tag, call);
    this.codecs = codecs;
    this.type = type;
  }

  @Override
  Landing landing(Incoming incoming) {
    expectForm(incoming, MessageFlags.VALUE);
    return bytes;
  }

  @Override
  Received<T> result(Status status) {
    return new Received<>(codecs.decode(type, bytes.toArray()), status);
  }
}
