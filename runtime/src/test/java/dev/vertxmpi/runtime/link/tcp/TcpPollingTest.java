package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.PollingLinkContract;

/** The contract where loops of ranks look at the sockets. */
class TcpPollingTest extends PollingLinkContract {

  TcpPollingTest() {
    super(new TcpBackend());
  }
}
