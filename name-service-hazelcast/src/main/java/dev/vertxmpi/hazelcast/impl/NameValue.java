package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a names map holds under a name: one line of JSON.
 *
 * <pre>
 *   {"port":"mpi1;id=…","owner":"8c0e…:3.0","epoch":1763660000000,"root":-48…,"holder":"51f2…"}
 * </pre>
 *
 * @param port the port string, a secret
 * @param owner the process that published it
 * @param epoch higher than that of every earlier publication of the name
 * @param root random where the name was not there before; that of the entry which it replaced otherwise. So an entry of
 *     another root is none that came after ours: ours was lost
 * @param holder the member or client on whose life the entry hangs
 */
record NameValue(String port, ProcessId owner, long epoch, long root, String holder) {

  /** Longer values come from nobody who follows the rules. */
  static final int MAX_LENGTH = 8192;

  /**
   * Reads a value. Others may write to the map too, so it is checked.
   *
   * @param stored what the map holds
   * @return empty where it is no value of ours
   */
  static Optional<NameValue> decode(Object stored) {
    if (!(stored instanceof String text) || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(text);
      String port = json.getString("port");
      String owner = json.getString("owner");
      Long epoch = json.getLong("epoch");
      Long root = json.getLong("root");
      String holder = json.getString("holder");
      return port == null || owner == null || epoch == null || root == null || holder == null
          ? Optional.empty()
          : Optional.of(new NameValue(port, ProcessId.parse(owner), epoch, root, holder));
    } catch (RuntimeException e) {
      // Every way in which JSON, a cast or a process id can be wrong.
      return Optional.empty();
    }
  }

  String encode() {
    return new JsonObject().put("port", port).put("owner", owner.toString()).put("epoch", epoch).put("root", root)
        .put("holder", holder).encode();
  }

  /** The same publication, of a process that others know by another id now. */
  NameValue heldAs(String other) {
    return new NameValue(port, owner, epoch, root, other);
  }

  /** Matches the values of one owner, where they are kept: nothing travels. */
  static Predicate<String, Object> ownedBy(ProcessId owner) {
    return with("owner", owner.toString());
  }

  /** Matches the values of one holder, where they are kept. */
  static Predicate<String, Object> heldBy(String holder) {
    return with("holder", holder);
  }

  /** Within a JSON string every quote has a backslash before it, so that no port or name can match. */
  private static Predicate<String, Object> with(String key, String value) {
    return Predicates.like("this", "%\"" + key + "\":\"" + value + "\"%");
  }

  NameEntry entry(String service) {
    return new NameEntry(service, port, owner, epoch);
  }

  @Override
  public String toString() {
    return "NameValue[owner=" + owner + ", epoch=" + epoch + ", holder=" + holder + "]";
  }
}
