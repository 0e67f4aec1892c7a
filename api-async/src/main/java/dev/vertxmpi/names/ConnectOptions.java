package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/** Options of connect. */
public final class ConnectOptions {

  /** A connect gives up after 30 seconds. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private Duration timeout = DEFAULT_TIMEOUT;

  /** The default deadline. */
  public ConnectOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public ConnectOptions(ConnectOptions other) {
    this.timeout = other.timeout;
  }

  /**
   * From JSON.
   *
   * @param json {@code timeoutMillis}
   */
  public ConnectOptions(JsonObject json) {
    setTimeout(Duration.ofMillis(json.getLong("timeoutMillis", DEFAULT_TIMEOUT.toMillis())));
  }

  /**
   * As JSON.
   *
   * @return what {@link #ConnectOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject().put("timeoutMillis", timeout.toMillis());
  }

  /**
   * How long to wait until the server accepts.
   *
   * @return positive
   */
  public Duration getTimeout() {
    return timeout;
  }

  /**
   * Sets how long to wait until the server accepts; info key {@code timeout}, in seconds.
   *
   * @param timeout positive
   * @return this
   */
  public ConnectOptions setTimeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new MpiException(ErrorClass.ARG, "timeout must be positive, but is " + timeout);
    }
    this.timeout = timeout;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code timeout} in seconds
   * @return this; throws {@link ErrorClass#INFO_VALUE} for another value
   */
  public ConnectOptions setInfo(Map<String, String> info) {
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
