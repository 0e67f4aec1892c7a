package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Options of lookup. */
public final class LookupOptions {

  /** By default the local scope is asked first, then the global one. */
  public static final List<Scope> DEFAULT_ORDER = List.of(Scope.LOCAL, Scope.GLOBAL);

  private List<Scope> order = DEFAULT_ORDER;
  private Duration wait = Duration.ZERO;

  /** Local, then global; no waiting. */
  public LookupOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public LookupOptions(LookupOptions other) {
    this.order = other.order;
    this.wait = other.wait;
  }

  /**
   * From JSON.
   *
   * @param json {@code order} (array of local, global), {@code waitMillis}
   */
  public LookupOptions(JsonObject json) {
    if (json.containsKey("order")) {
      setOrder(json.getJsonArray("order").stream()
          .map(s -> Scope.valueOf(s.toString().toUpperCase(Locale.ROOT))).toList());
    }
    setWait(Duration.ofMillis(json.getLong("waitMillis", 0L)));
  }

  /**
   * As JSON.
   *
   * @return what {@link #LookupOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject()
        .put("order", new JsonArray(order.stream().map(s -> s.name().toLowerCase(Locale.ROOT)).toList()))
        .put("waitMillis", wait.toMillis());
  }

  /**
   * The scopes in the order in which they are asked.
   *
   * @return one or two
   */
  public List<Scope> getOrder() {
    return order;
  }

  /**
   * Sets the scopes to ask; info key {@code ompi_lookup_order}.
   *
   * @param order one or two different scopes
   * @return this
   */
  public LookupOptions setOrder(List<Scope> order) {
    if (order.isEmpty() || order.size() != order.stream().distinct().count()) {
      throw new MpiException(ErrorClass.ARG, "order must name one or two different scopes, but is " + order);
    }
    this.order = List.copyOf(order);
    return this;
  }

  /**
   * How long to wait for a name that is not there yet.
   *
   * @return zero for not at all
   */
  public Duration getWait() {
    return wait;
  }

  /**
   * Sets how long to wait for a name that is not there yet.
   *
   * @param wait zero for not at all
   * @return this
   */
  public LookupOptions setWait(Duration wait) {
    if (wait.isNegative()) {
      throw new MpiException(ErrorClass.ARG, "wait must not be negative, but is " + wait);
    }
    this.wait = wait;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code ompi_lookup_order}: {@code local}, {@code global} or both with a comma
   * @return this; throws {@link ErrorClass#INFO_VALUE} for another value
   */
  public LookupOptions setInfo(Map<String, String> info) {
    String value = info.get("ompi_lookup_order");
    if (value != null) {
      List<Scope> scopes = new ArrayList<>();
      for (String word : value.split(",", -1)) {
        switch (word.strip().toLowerCase(Locale.ROOT)) {
          case "local" -> scopes.add(Scope.LOCAL);
          case "global" -> scopes.add(Scope.GLOBAL);
          default -> throw new MpiException(ErrorClass.INFO_VALUE,
              "ompi_lookup_order must be local, global or both with a comma, but is '" + value + "'");
        }
      }
      setOrder(scopes);
    }
    return this;
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    return Map.of("ompi_lookup_order",
        order.stream().map(s -> s.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(",")));
  }
}
