package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.names.PublishingKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * The proof in a value that who published it has the publishing key.
 *
 * <pre>
 *   {"port":"mpi1;…","owner":"8c0e…:3.0","epoch":17…,"root":-48…,"holder":"51f2…","of":"43","proof":"43"}
 *   '--------------------- what is signed ---------------------------------------------'  '- characters
 * </pre>
 *
 * <ul>
 *   <li>{@code of}: SHA-256 of the name, in base64. So a value that was copied to another name is known for that by
 *       everybody who reads it, with or without a key.
 *   <li>{@code proof}: HMAC-SHA256 over all before it, in base64. Whoever has the key can check it, and servers do.
 * </ul>
 *
 * <p>The key itself is nowhere. A proof holds for its value alone, so to have read one helps nobody to publish another.
 */
final class Seal {

  private static final String BEFORE_NAME = ",\"of\":\"";
  private static final String BEFORE_PROOF = "\",\"proof\":\"";
  private static final String END = "\"}";
  private static final int DIGEST_LENGTH = 43;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private Seal() {
  }

  /** Adds the proof to an encoded value. */
  static String put(PublishingKey key, String service, String value) {
    String signed = value.substring(0, value.length() - 1) + BEFORE_NAME + digest(service);
    return signed + BEFORE_PROOF + ENCODER.encodeToString(key.sign(bytes(signed))) + END;
  }

  /** Whether a stored value has a proof by this key. Says nothing of the name that it is stored under. */
  static boolean holds(PublishingKey key, String stored) {
    int proof = stored.length() - END.length() - DIGEST_LENGTH;
    int end = proof - BEFORE_PROOF.length();
    if (end < 0 || !stored.startsWith(BEFORE_PROOF, end) || !stored.endsWith(END)) {
      return false;
    }
    try {
      return key.hasSigned(bytes(stored.substring(0, end)),
          Base64.getDecoder().decode(stored.substring(proof, proof + DIGEST_LENGTH)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a stored value is for this name, in as far as it says for which it is. */
  static boolean fits(String service, String stored) {
    int name = stored.length() - END.length() - DIGEST_LENGTH - BEFORE_PROOF.length() - DIGEST_LENGTH;
    boolean says = name >= BEFORE_NAME.length() && stored.startsWith(BEFORE_NAME, name - BEFORE_NAME.length());
    return !says || stored.startsWith(digest(service), name);
  }

  private static String digest(String service) {
    try {
      return ENCODER.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes(service)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
