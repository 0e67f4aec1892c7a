package dev.vertxmpi.spi;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A member of a process set, as the others must know it to reach it.
 *
 * @param process who
 * @param place where its node is reached
 * @param secret by which links to it prove that they come from one who could read this; 1 to 256 characters
 * @param holder on whose life the entry hangs, in terms of the store that keeps it; empty where the store needs none
 */
public record SetMember(ProcessId process, NodeAddress place, String secret, String holder) {

  private static final int MAX_SECRET = 256;

  /** Checks the length of the secret. */
  public SetMember {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(holder, "holder");
    if (secret.isEmpty() || secret.length() > MAX_SECRET) {
      throw new IllegalArgumentException("the secret of a member has 1 to " + MAX_SECRET + " characters");
    }
  }

  /**
   * The same member in a store.
   *
   * @param by on whose life the entry is to hang
   * @return a copy
   */
  public SetMember heldBy(String by) {
    return new SetMember(process, place, secret, by);
  }

  JsonObject toJson() {
    return new JsonObject().put("process", process.toString()).put("place", place.toJson()).put("secret", secret)
        .put("holder", holder);
  }

  static SetMember fromJson(JsonObject json) {
    if (json.getValue("process") instanceof String process && json.getValue("place") instanceof JsonObject place
        && json.getValue("secret") instanceof String secret && json.getValue("holder") instanceof String holder) {
      return new SetMember(ProcessId.parse(process), NodeAddress.fromJson(place), secret, holder);
    }
    throw new IllegalArgumentException("a member of a set needs a process, a place, a secret and a holder");
  }

  @Override
  public String toString() {
    return "SetMember[process=" + process + ", place=" + place.id() + ", holder=" + holder + "]";
  }
}
