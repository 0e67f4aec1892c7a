package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of those who may publish in the global scope, where name servers ask for one. It signs what is published
 * (HMAC-SHA256) and is never sent. Immutable; its text shows nothing of it.
 *
 * <p>It is given by a file or the environment, never on a command line, which every user of a host can read:
 *
 * <pre>
 *   VERTX_MPI_PUBLISHING_KEY_FILE   path of a file that holds it, such as a secret that Kubernetes mounts
 *   VERTX_MPI_PUBLISHING_KEY        the key itself
 * </pre>
 */
public final class PublishingKey {

  /** The length of a signature, in bytes. */
  public static final int SIGNATURE_LENGTH = 32;

  /** The fewest characters. Signatures are there for all to see, so a key that can be guessed can be found. */
  public static final int MIN_LENGTH = 32;

  /** The most characters. */
  public static final int MAX_LENGTH = 4096;

  private static final String KEY_FILE = "VERTX_MPI_PUBLISHING_KEY_FILE";
  private static final String KEY = "VERTX_MPI_PUBLISHING_KEY";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private PublishingKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * A key.
   *
   * @param text {@value #MIN_LENGTH} to {@value #MAX_LENGTH} characters of any kind, best random ones, such as
   *     {@code openssl rand -hex 32} prints; blanks around them do not count
   * @return the key; throws {@link ErrorClass#ARG} for a text of another length
   */
  public static PublishingKey of(String text) {
    return of("the publishing key", text);
  }

  private static PublishingKey of(String what, String text) {
    String stripped = text.strip();
    if (stripped.length() < MIN_LENGTH || stripped.length() > MAX_LENGTH) {
      throw new MpiException(ErrorClass.ARG, what + " must have " + MIN_LENGTH + " to " + MAX_LENGTH
          + " characters, but has " + stripped.length());
    }
    return new PublishingKey(stripped.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a key from a file; blocks.
   *
   * @param file holds nothing but the key, in UTF-8
   * @return the key; throws {@link ErrorClass#ARG} where the file cannot be read or holds no key
   */
  public static PublishingKey read(Path file) {
    return read("the publishing key's file", file);
  }

  private static PublishingKey read(String what, Path file) {
    try {
      return of(what + " " + file, Files.readString(file));
    } catch (IOException e) {
      throw new MpiException(ErrorClass.ARG, what + " " + file + " cannot be read", e);
    }
  }

  /**
   * The key of the environment; may block, for the file.
   *
   * @param environment such as {@link System#getenv()}
   * @return empty where neither variable is set; throws {@link ErrorClass#ARG}, naming the variable, where one is wrong
   */
  public static Optional<PublishingKey> of(Map<String, String> environment) {
    String file = environment.get(KEY_FILE);
    if (file != null) {
      return Optional.of(read(KEY_FILE, Path.of(file)));
    }
    return Optional.ofNullable(environment.get(KEY)).map(text -> of(KEY, text));
  }

  /**
   * Signs bytes.
   *
   * @param message any
   * @return {@link #SIGNATURE_LENGTH} bytes
   */
  public byte[] sign(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * Whether a signature is that of this key; takes equally long for every signature of the right length.
   *
   * @param message what is said to be signed
   * @param signature what is said to be its signature
   * @return true where it is
   */
  public boolean hasSigned(byte[] message, byte[] signature) {
    return MessageDigest.isEqual(sign(message), signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublishingKey that && MessageDigest.isEqual(key.getEncoded(), that.key.getEncoded());
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return "PublishingKey[hidden]";
  }
}
