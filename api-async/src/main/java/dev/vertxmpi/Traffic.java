package dev.vertxmpi;

import java.util.Map;

/**
 * What a rank's JVM has moved, by link.
 *
 * @param links counters by name of the link ({@code local}, {@code shm}, {@code tcp}, {@code bus})
 */
public record Traffic(Map<String, Counters> links) {

  /**
   * An immutable snapshot.
   *
   * @param links copied
   */
  public Traffic {
    links = Map.copyOf(links);
  }

  /**
   * Counters of one sort of link.
   *
   * @param peers JVMs reached by it
   * @param frames frames sent
   * @param bytes bytes sent, headers included
   * @param doorbells how often a receiver that slept was woken
   */
  public record Counters(int peers, long frames, long bytes, long doorbells) {
  }
}
