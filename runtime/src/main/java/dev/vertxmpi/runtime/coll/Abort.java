package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.node.FrameKind;
import dev.vertxmpi.runtime.p2p.Header;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frame by which a rank tells the others that a collective has failed. The envelope names the collective; the
 * payload:
 *
 * <pre>
 *   class (a byte) | number of ranks (a byte) | ranks (ints, little-endian) | reason (UTF-8, at most 2048 bytes)
 * </pre>
 */
final class Abort {

  static final byte KIND = FrameKind.COLLECTIVE + 15;

  private static final int MOST_RANKS = 16;
  private static final int MOST_TEXT = 2048;

  private Abort() {
  }

  static Frame frame(Route route, int target, CollectiveId id, MpiException why) {
    List<Integer> ranks = why.ranks().subList(0, Math.min(MOST_RANKS, why.ranks().size()));
    byte[] text = why.reason().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, MOST_TEXT);
    ByteBuffer payload = ByteBuffer.allocate(2 + Integer.BYTES * ranks.size() + length)
        .order(ByteOrder.LITTLE_ENDIAN).put((byte) why.errorClass().ordinal()).put((byte) ranks.size());
    ranks.forEach(payload::putInt);
    payload.put(text, 0, length);
    Header header = id.header(new Fingerprint(0), (byte) 0);
    return Frame.of(new Envelope(KIND, header.flags(), route.outbound(), route.self(), target, header.tag(),
        header.sequence(), 0, header.first(), 0), MemorySegment.ofArray(payload.array()));
  }

  static CollectiveId id(Envelope envelope) {
    return CollectiveId.of(new Header(envelope.flags(), envelope.tag(), envelope.sequence(), 0, envelope.first()));
  }

  /** Reads a payload from a peer; null where it is malformed. */
  static MpiException read(MemorySegment from) {
    if (from.byteSize() < 2 || from.byteSize() > 2 + Integer.BYTES * MOST_RANKS + MOST_TEXT) {
      return null;
    }
    ByteBuffer payload = ByteBuffer.wrap(from.toArray(ValueLayout.JAVA_BYTE)).order(ByteOrder.LITTLE_ENDIAN);
    int errorClass = payload.get();
    int count = payload.get();
    if (errorClass < 0 || errorClass >= ErrorClass.values().length || count < 0
        || payload.remaining() < count * Integer.BYTES) {
      return null;
    }
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranks.add(payload.getInt());
    }
    String reason = new String(Arrays.copyOfRange(payload.array(), payload.position(), payload.limit()),
        StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    return new MpiException(ErrorClass.values()[errorClass], reason).ranks(ranks);
  }
}
