package dev.vertxmpi.runtime.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is made of a port's secret, so that the secret itself never travels: HMAC-SHA-256 of a label and ids.
 *
 * <p>Links prove a secret when they open. A pair of nodes that has a link already opens no other, so both sides of a
 * connection prove the port's secret once more in its frames.
 */
final class Proof {

  /** Bytes of a proof, and of a connection's key. */
  static final int LENGTH = 32;

  private Proof() {
  }

  /** That the client knows the secret. */
  static byte[] ofClient(byte[] key, UUID port, UUID client) {
    return mac(key, "connect", port, client);
  }

  /** That the server does. */
  static byte[] ofServer(byte[] key, UUID server, UUID client) {
    return mac(key, "offer", server, client);
  }

  /** The secret of all later links of a connection. */
  static byte[] connectionKey(byte[] key, UUID server, UUID client) {
    return mac(key, "connection", server, client);
  }

  static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  private static byte[] mac(byte[] key, String label, UUID first, UUID second) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(label.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(ByteBuffer.allocate(32)
          .putLong(first.getMostSignificantBits()).putLong(first.getLeastSignificantBits())
          .putLong(second.getMostSignificantBits()).putLong(second.getLeastSignificantBits()).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
