package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.link.PollingLinkContract;

/** The contract where loops of ranks look at the rings. */
class ShmPollingTest extends PollingLinkContract {

  ShmPollingTest() {
    super(new ShmBackend());
  }
}
