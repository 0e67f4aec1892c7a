package dev.vertxmpi.hazelcast.impl;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Hazelcast quiet: what matters to a user arrives as a failed Future. The system property
 * {@code vertx-mpi.log.hazelcast} names another level of {@code java.util.logging}, such as {@code INFO}. A level that
 * the application set for {@code com.hazelcast} stays.
 */
final class HazelcastLog {

  static final String PROPERTY = "vertx-mpi.log.hazelcast";
  private static final Level DEFAULT_LEVEL = Level.SEVERE;

  /** Held, because the log manager forgets the level of a logger that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("com.hazelcast");

  private HazelcastLog() {
  }

  static void apply() {
    if (ROOT.getLevel() == null) {
      ROOT.setLevel(level(System.getProperty(PROPERTY)));
    }
  }

  static Level level(String asked) {
    if (asked == null) {
      return DEFAULT_LEVEL;
    }
    try {
      return Level.parse(asked.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return DEFAULT_LEVEL;
    }
  }
}
