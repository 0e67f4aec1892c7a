package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.docs.RulePageContract;

/** Keeps {@code docs/process-sets.md} true. */
class ProcessSetPageTest extends RulePageContract {

  ProcessSetPageTest() {
    super(15, "process-sets.md", "runtime", "launcher");
  }
}
