package dev.vertxmpi.hazelcast;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * How a name server is.
 *
 * @param ready whether it accepts publications: it runs, and sees as many servers as it needs
 * @param reason why it is not ready; empty where it is
 * @param members host:port of the name servers that it sees, itself among them
 * @param names the number of names that they keep; -1 where that is not known, as while they are too few
 * @param safe whether every name has all the copies that it should have, so that any one server may end
 */
public record NameServerHealth(boolean ready, String reason, List<String> members, long names, boolean safe) {

  /** Makes the list its own. */
  public NameServerHealth {
    Objects.requireNonNull(reason);
    members = List.copyOf(members);
  }

  /**
   * A server that is not ready, and of which nothing else is known.
   *
   * @param reason why
   * @return no members, names not known, not safe
   */
  public static NameServerHealth unready(String reason) {
    return new NameServerHealth(false, reason, List.of(), -1, false);
  }

  /**
   * As JSON.
   *
   * @return {@code ready}, {@code reason} (where it is not), {@code members}, {@code names} (null where not known),
   *     {@code safe}
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("ready", ready);
    if (!ready) {
      json.put("reason", reason);
    }
    return json.put("members", new JsonArray(members)).put("names", names < 0 ? null : names).put("safe", safe);
  }
}
