package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/** Options of accept. */
public final class AcceptOptions {

  private Duration timeout = Duration.ZERO;

  /** Waits for ever. */
  public AcceptOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public AcceptOptions(AcceptOptions other) {
    this.timeout = other.timeout;
  }

  /**
   * From JSON.
   *
   * @param json {@code timeoutMillis}
   */
  public AcceptOptions(JsonObject json) {
    setTimeout(Duration.ofMillis(json.getLong("timeoutMillis", 0L)));
  }

  /**
   * As JSON.
   *
   * @return what {@link #AcceptOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject().put("timeoutMillis", timeout.toMillis());
  }

  /**
   * How long to wait until a client comes.
   *
   * @return zero for ever
   */
  public Duration getTimeout() {
    return timeout;
  }

  /**
   * Sets how long to wait until a client comes; info key {@code timeout}, in seconds. Then the accept fails with
   * {@link ErrorClass#TIMEOUT} at every rank.
   *
   * @param timeout zero for ever
   * @return this
   */
  public AcceptOptions setTimeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new MpiException(ErrorClass.ARG, "timeout must not be negative, but is " + timeout);
    }
    this.timeout = timeout;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code timeout} in seconds, 0 for ever
   * @return this; throws {@link ErrorClass#INFO_VALUE} for another value
   */
  public AcceptOptions setInfo(Map<String, String> info) {
    String value = info.get("timeout");
    return value == null ? this : setTimeout(InfoNumber.seconds("timeout", value));
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    return Map.of("timeout", String.valueOf(timeout.toSeconds()));
  }
}
