package dev.vertxmpi.runtime.bootstrap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who knows the key of the job: HMAC-SHA-256 over what is said and the challenges of both sides, so that it is neither
 * changed nor said again to somebody else.
 */
final class RendezvousProof {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int CHALLENGE_BYTES = 16;

  private RendezvousProof() {
  }

  static String challenge() {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** For a text that was said as a join or an answer. */
  static String of(byte[] key, String kind, String server, String client, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (String part : new String[] {kind, server, client, text}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  static boolean same(String expected, Object said) {
    return said instanceof String text && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
