package dev.vertxmpi.runtime.port;

import dev.vertxmpi.docs.RulePageContract;

/** Keeps {@code docs/dynamic-processes.md} true. */
class DynamicProcessesPageTest extends RulePageContract {

  DynamicProcessesPageTest() {
    super(50, "dynamic-processes.md", "runtime", "api-async");
  }
}
