package dev.vertxmpi.runtime.foreign;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The secret of a job that another launcher has started.
 *
 * <p>{@code VERTX_MPI_KEY} holds it, as 64 hexadecimal digits. Where it is not set, the key is made of the job's name:
 * that keeps jobs apart that meet by mistake, and keeps <em>nobody out</em> who knows the name. Whoever can reach the
 * ports of the ranks and can read the list of jobs may join then.
 */
public final class JobKey {

  private static final int BYTES = 32;

  private JobKey() {
  }

  /**
   * The key.
   *
   * @param rank of the job
   * @param variable what {@code VERTX_MPI_KEY} holds, or null
   * @return 32 bytes
   * @throws MpiException {@link ErrorClass#ARG} where the variable is malformed; the text is not quoted
   */
  public static byte[] of(ForeignRank rank, String variable) {
    return variable == null ? ofName(rank) : parse(variable.strip());
  }

  private static byte[] parse(String text) {
    try {
      byte[] key = HexFormat.of().parseHex(text);
      if (key.length == BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Its message would quote the secret.
      throw malformed();
    }
    throw malformed();
  }

  private static MpiException malformed() {
    return new MpiException(ErrorClass.ARG, "the variable VERTX_MPI_KEY must hold 64 hexadecimal digits");
  }

  private static byte[] ofName(ForeignRank rank) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(("vertx-mpi job " + rank.job() + " " + rank.name())
          .getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
