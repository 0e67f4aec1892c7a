package dev.vertxmpi.spi;

import dev.vertxmpi.process.ProcessId;

/**
 * A published name.
 *
 * @param service the name
 * @param port the port string, a secret
 * @param owner who published it, and alone may take it back
 * @param epoch counts publications of the name, so that a late removal never hits a later entry
 */
public record NameEntry(String service, String port, ProcessId owner, long epoch) {

  @Override
  public String toString() {
    return "NameEntry[service=" + service + ", owner=" + owner + ", epoch=" + epoch + "]";
  }
}
