package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.net.BindException;
import java.util.Locale;

/** Says why a Hazelcast member did not start. */
public final class StartFailure {

  private StartFailure() {
  }

  /**
   * Makes one sentence of Hazelcast's failure.
   *
   * @param failure what starting it threw
   * @param what was to start
   * @param address where it was to listen
   * @param port where it was to listen, or 0
   * @return {@link ErrorClass#ARG} where address or port are unusable, else {@link ErrorClass#OTHER}
   */
  public static MpiException of(Throwable failure, String what, String address, int port) {
    if (failure instanceof MpiException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (cause instanceof BindException || message.contains("bind has failed")) {
        boolean foreign = message.contains("assign requested address");
        return new MpiException(ErrorClass.ARG, foreign
            ? "address " + address + " is not one of this host"
            : "port " + port + " of " + address + " is in use", failure);
      }
    }
    return new MpiException(ErrorClass.OTHER, what + " did not start at " + address + ": " + failure.getMessage(),
        failure);
  }
}
