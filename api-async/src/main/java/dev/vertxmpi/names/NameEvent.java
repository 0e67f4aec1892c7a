package dev.vertxmpi.names;

import dev.vertxmpi.spi.NameEntry;
import java.util.Objects;

/**
 * Something that happened to a published name. Its text tells no secrets.
 *
 * @param kind what happened
 * @param entry for {@link Kind#PUBLISHED} what lookups find from now on; for {@link Kind#VANISHED} what they no longer
 *     find
 */
public record NameEvent(Kind kind, NameEntry entry) {

  /** What happened. */
  public enum Kind {
    /** The name was published, or published again for another port. */
    PUBLISHED,
    /** The name was taken back, or its owner has ended. */
    VANISHED
  }

  /** Checks that nothing is null. */
  public NameEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(entry, "entry");
  }

  /**
   * The name.
   *
   * @return as it was published
   */
  public String service() {
    return entry.service();
  }

  /**
   * The port under that name.
   *
   * @return for {@code connect}; throws {@link dev.vertxmpi.ErrorClass#PORT} where its owner runs another version
   */
  public Port port() {
    return Port.parse(entry.port());
  }
}
