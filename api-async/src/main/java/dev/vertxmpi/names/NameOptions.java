package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Options of publish and unpublish. */
public final class NameOptions {

  /** By default a name may be published again, and the new port replaces the old one. */
  public static final boolean DEFAULT_UNIQUE = false;

  private Scope scope;
  private boolean unique = DEFAULT_UNIQUE;

  /** Scope global where a name server is configured and reachable, else local; not unique. */
  public NameOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public NameOptions(NameOptions other) {
    this.scope = other.scope;
    this.unique = other.unique;
  }

  /**
   * From JSON.
   *
   * @param json {@code scope} (local, global), {@code unique} (boolean)
   */
  public NameOptions(JsonObject json) {
    this.scope = Optional.ofNullable(json.getString("scope")).map(s -> Scope.valueOf(s.toUpperCase(Locale.ROOT)))
        .orElse(null);
    this.unique = json.getBoolean("unique", DEFAULT_UNIQUE);
  }

  /**
   * As JSON.
   *
   * @return what {@link #NameOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("unique", unique);
    return scope == null ? json : json.put("scope", scope.name().toLowerCase(Locale.ROOT));
  }

  /**
   * The scope.
   *
   * @return empty for the default
   */
  public Optional<Scope> getScope() {
    return Optional.ofNullable(scope);
  }

  /**
   * Sets the scope; info key {@code ompi_global_scope}.
   *
   * @param scope null for the default
   * @return this
   */
  public NameOptions setScope(Scope scope) {
    this.scope = scope;
    return this;
  }

  /**
   * Whether publishing a name that exists fails.
   *
   * @return true for fails, false for replaces
   */
  public boolean isUnique() {
    return unique;
  }

  /**
   * Sets whether publishing a name that exists fails; info key {@code ompi_unique}.
   *
   * @param unique true for fails, false for replaces
   * @return this
   */
  public NameOptions setUnique(boolean unique) {
    this.unique = unique;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored, as MPI has it. Booleans: an integer is true unless zero; {@code yes}
   * and {@code true} in any case are true; all else is false.
   *
   * @param info keys and values
   * @return this
   */
  public NameOptions setInfo(Map<String, String> info) {
    info.forEach((key, value) -> {
      if (value == null) {
        throw new MpiException(ErrorClass.INFO_VALUE, "info key " + key + " has no value");
      }
      switch (key) {
        case "ompi_global_scope" -> scope = InfoBoolean.parse(value) ? Scope.GLOBAL : Scope.LOCAL;
        case "ompi_unique" -> unique = InfoBoolean.parse(value);
        default -> { }
      }
    });
    return this;
  }

  /**
   * The values in force.
   *
   * @return info keys and values; no {@code ompi_global_scope} while the default holds
   */
  public Map<String, String> toInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    if (scope != null) {
      info.put("ompi_global_scope", String.valueOf(scope == Scope.GLOBAL));
    }
    info.put("ompi_unique", String.valueOf(unique));
    return info;
  }
}
