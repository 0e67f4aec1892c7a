package dev.vertxmpi.spi.link;

import java.util.UUID;

/**
 * Names one end of links: a JVM's part in one job, for as long as it lives.
 *
 * @param value random
 */
public record NodeId(UUID value) {

  /**
   * A new name.
   *
   * @return random
   */
  public static NodeId random() {
    return new NodeId(UUID.randomUUID());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
