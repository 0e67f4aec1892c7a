package dev.vertxmpi.runtime.job;

import dev.vertxmpi.names.Port;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a rank comes from.
 *
 * @param localScope of names: the first job of those that spawned each other
 * @param appNumber which program of its job it runs, if there may be several
 * @param parent where it connects before it has begun, if it was spawned
 * @param cluster that its {@code Vertx} joined, empty where it is none of the job's own
 * @param members host:port of members of that cluster
 */
record Origin(String localScope, OptionalInt appNumber, Optional<Port> parent, String cluster, List<String> members) {

  /** A job that nobody spawned, in no cluster. */
  static Origin of(String localScope) {
    return new Origin(localScope, OptionalInt.empty(), Optional.empty(), "", List.of());
  }

  /** That of a rank which this one spawns in the same JVM. */
  Origin ofChild(int program, Port port) {
    return new Origin(localScope, OptionalInt.of(program), Optional.of(port), cluster, members);
  }
}
