package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.p2p.Bytes;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that gather and allgather collect, by rank.
 *
 * @param <T> their type: that of this rank's own
 */
final class ValueList<T> {

  private final CodecRegistry codecs;
  private final Class<T> type;
  private final int self;
  private final Bytes[] others;
  private byte[] own;

  ValueList(CodecRegistry codecs, Class<T> type, Lane lane) {
    this.codecs = codecs;
    this.type = type;
    this.self = lane.route().isSelf(lane.route().self()) ? lane.route().self() : -1;
    this.others = new Bytes[lane.size()];
  }

  /** Keeps this rank's own value. */
  byte[] own(byte[] bytes) {
    own = bytes;
    return bytes;
  }

  Landing landing(int rank) {
    others[rank] = new Bytes();
    return others[rank];
  }

  List<T> decode() {
    List<T> values = new ArrayList<>(others.length);
    for (int rank = 0; rank < others.length; rank++) {
      values.add(codecs.decode(type, rank == self ? own : others[rank].toArray()));
    }
    return values;
  }
}
