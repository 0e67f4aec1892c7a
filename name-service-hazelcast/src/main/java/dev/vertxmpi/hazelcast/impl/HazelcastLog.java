package dev.vertxmpi.hazelcast.impl;

import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Keeps Hazelcast quiet, and Vert.x's event bus where a member dies or leaves: what matters to a user arrives as a
 * failed Future. The system property {@code vertx-mpi.log.hazelcast} names another level of {@code java.util.logging},
 * such as {@code INFO}. A level that the application set for one of these loggers stays.
 */
final class HazelcastLog {

  static final String PROPERTY = "vertx-mpi.log.hazelcast";
  private static final Level DEFAULT_LEVEL = Level.SEVERE;

  /** Held, because the log manager forgets the level of a logger that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("com.hazelcast");
  /** They log with a stack trace what they throw as well, and what our errors then say. */
  private static final List<Logger> TWICE = Stream.of(
      "com.hazelcast.instance.AddressPicker", "com.hazelcast.instance.impl.Node").map(Logger::getLogger).toList();

  /** They warn, with a stack trace each, of every member that is dialled after its death. */
  private static final List<Logger> OF_THE_DEAD = Stream.of(
      "io.vertx.core.eventbus.impl.clustered", "io.netty.bootstrap.ServerBootstrap").map(Logger::getLogger).toList();

  private HazelcastLog() {
  }

  static void apply() {
    if (ROOT.getLevel() == null) {
      String asked = System.getProperty(PROPERTY);
      ROOT.setLevel(level(asked));
      if (asked == null) {
        TWICE.forEach(logger -> logger.setLevel(Level.OFF));
        OF_THE_DEAD.stream().filter(logger -> logger.getLevel() == null)
            .forEach(logger -> logger.setLevel(DEFAULT_LEVEL));
      }
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
