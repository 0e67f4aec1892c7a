package dev.vertxmpi.spi.link;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Where a node can be reached: an endpoint for each link that it listens on.
 *
 * @param id the node
 * @param endpoints by name of the link, such as {@code tcp} → {@code 127.0.0.1:40123}; no secrets
 */
public record NodeAddress(NodeId id, Map<String, String> endpoints) {

  /**
   * An address.
   *
   * @param id the node
   * @param endpoints copied
   */
  public NodeAddress {
    endpoints = Map.copyOf(endpoints);
  }

  /**
   * As JSON.
   *
   * @return what {@link #fromJson} reads
   */
  public JsonObject toJson() {
    return new JsonObject().put("id", id.value().toString())
        .put("endpoints", new JsonObject(new LinkedHashMap<>(endpoints)));
  }

  /**
   * From JSON that a peer sent.
   *
   * @param json as {@link #toJson()} makes it
   * @return the address
   * @throws IllegalArgumentException where a part is missing or malformed
   */
  public static NodeAddress fromJson(JsonObject json) {
    if (!(json.getValue("id") instanceof String id) || !(json.getValue("endpoints") instanceof JsonObject endpoints)) {
      throw new IllegalArgumentException("a node address needs an id and endpoints");
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : endpoints) {
      if (!(entry.getValue() instanceof String endpoint)) {
        throw new IllegalArgumentException("the endpoint " + entry.getKey() + " must be a string");
      }
      map.put(entry.getKey(), endpoint);
    }
    return new NodeAddress(new NodeId(UUID.fromString(id)), map);
  }
}
