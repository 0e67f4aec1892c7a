package dev.vertxmpi.process;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Names the context of a communicator, window, file or connection: 128 bits that every member derives by itself, so
 * none is ever negotiated.
 *
 * <pre>
 *   world of a job      hash(job)
 *   child               hash(parent, label, number)      label "dup", "window", ...; number of that creation
 *   connection          hash(nonce of the server's side, nonce of the client's side)
 * </pre>
 *
 * @param high first 64 bits
 * @param low last 64 bits
 */
public record ContextId(long high, long low) {

  /**
   * The context of a job's world.
   *
   * @param job the job
   * @return the same at every rank of it
   */
  public static ContextId ofJob(UUID job) {
    return hash(ByteBuffer.allocate(16).putLong(job.getMostSignificantBits()).putLong(job.getLeastSignificantBits()),
        "world");
  }

  /**
   * The context of a connection.
   *
   * @param server nonce of the accepting side
   * @param client nonce of the connecting side
   * @return the same at both sides
   */
  public static ContextId ofConnection(UUID server, UUID client) {
    return hash(ByteBuffer.allocate(32).putLong(server.getMostSignificantBits())
        .putLong(server.getLeastSignificantBits()).putLong(client.getMostSignificantBits())
        .putLong(client.getLeastSignificantBits()), "connection");
  }

  /**
   * A context derived from this one.
   *
   * @param label what it is for
   * @param number which creation of that sort it is, counted alike at every member
   * @return the same at every member
   */
  public ContextId derive(String label, long number) {
    return hash(ByteBuffer.allocate(24).putLong(high).putLong(low).putLong(number), label);
  }

  private static ContextId hash(ByteBuffer fixed, String label) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(fixed.array());
      ByteBuffer result = ByteBuffer.wrap(digest.digest(label.getBytes(StandardCharsets.UTF_8)));
      return new ContextId(result.getLong(), result.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return String.format("%016x%016x", high, low);
  }
}
