package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.link.LinkContract;

class ShmLinkTest extends LinkContract {

  ShmLinkTest() {
    super(new ShmBackend());
  }
}
