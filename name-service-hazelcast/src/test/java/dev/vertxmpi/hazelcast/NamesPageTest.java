package dev.vertxmpi.hazelcast;

import dev.vertxmpi.docs.RulePageContract;

/** Keeps {@code docs/names.md} true. */
class NamesPageTest extends RulePageContract {

  NamesPageTest() {
    super(60, "names.md", "api-async", "runtime", "name-service-hazelcast", "launcher", "benchmarks");
  }
}
