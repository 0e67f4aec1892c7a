package dev.vertxmpi.runtime.vertx;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.Locale;

/**
 * How long a polling loop goes on looking after a single message before it sleeps; after many, up to 40 times as long
 * ({@link SpinWindow}).
 *
 * <pre>
 *   VERTX_MPI_SPIN    off, or microseconds; 50 where absent
 * </pre>
 *
 * @param nanos 0 for not at all: the loop sleeps at once and is woken for everything
 */
public record Spin(long nanos) {

  /** Long enough for a partner that is at work, short enough not to be seen in an idle service. */
  public static final Spin DEFAULT = new Spin(50_000);

  /** Sleep at once. */
  public static final Spin OFF = new Spin(0);

  private static final long MOST_MICROS = 1_000_000;

  /**
   * From the environment.
   *
   * @return the default where {@code VERTX_MPI_SPIN} is not set
   * @throws MpiException {@link ErrorClass#ARG} where it makes no sense
   */
  public static Spin fromEnvironment() {
    String text = System.getenv("VERTX_MPI_SPIN");
    return text == null || text.isBlank() ? DEFAULT : parse(text.strip());
  }

  static Spin parse(String text) {
    if (text.toLowerCase(Locale.ROOT).equals("off")) {
      return OFF;
    }
    try {
      long micros = Long.parseLong(text);
      if (micros >= 0 && micros <= MOST_MICROS) {
        return new Spin(micros * 1000);
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static MpiException wrong(String text) {
    return new MpiException(ErrorClass.ARG, "the variable VERTX_MPI_SPIN must be off or 0 to " + MOST_MICROS
        + " microseconds, but is \"" + text + "\"");
  }
}
