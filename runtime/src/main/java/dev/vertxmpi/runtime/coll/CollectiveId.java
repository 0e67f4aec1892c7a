package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which call of a collective a frame belongs to.
 *
 * <pre>
 *                  envelope:  flags    tag          sequence              first
 *   by order                  0        0            number of the call    0
 *   by key                    KEYED    generation   128 bits of the key's hash
 * </pre>
 *
 * <p>The generation of a key counts its collectives that failed here, so that frames of a failed one are not taken for
 * those of the next.
 *
 * @param keyed whether matched by key
 * @param generation of the key
 * @param high number of the call, or first half of the hash
 * @param low second half of the hash
 */
record CollectiveId(boolean keyed, int generation, long high, long low) {

  /** Bit of the flags. */
  static final short KEYED = 1;

  static CollectiveId ordered(long number) {
    return new CollectiveId(false, 0, number, 0);
  }

  static CollectiveId keyed(String key) {
    try {
      ByteBuffer hash = ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
      return new CollectiveId(true, 0, hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static CollectiveId of(Header header) {
    boolean keyed = (header.flags() & KEYED) != 0;
    return new CollectiveId(keyed, keyed ? header.tag() : 0, header.sequence(), keyed ? header.first() : 0);
  }

  /** The header of a message. The upper byte of the flags says what the bytes consist of. */
  Header header(Fingerprint print, byte type) {
    return new Header((short) (type << 8 | (keyed ? KEYED : 0)), generation, high, print.bits(), low);
  }

  /** The key without its generation. */
  CollectiveId plain() {
    return generation(0);
  }

  CollectiveId generation(int number) {
    return new CollectiveId(keyed, number, high, low);
  }
}
