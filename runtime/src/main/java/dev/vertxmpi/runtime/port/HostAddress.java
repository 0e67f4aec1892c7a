package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Checks {@code ip_address}. */
final class HostAddress {

  private HostAddress() {
  }

  /** Refuses what is no literal IP address of this host. Asks the operating system, so it may block; never DNS. */
  static String check(String text) {
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new MpiException(ErrorClass.ARG, "ip_address must be an IP address, but is '" + text + "'");
    }
    if (text.indexOf('%') >= 0 || !isOurs(address)) {
      throw new MpiException(ErrorClass.ARG,
          "ip_address must be an address of this host, without a zone, but is '" + text + "'");
    }
    return address.getHostAddress();
  }

  static boolean isOurs(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return true;
    }
    try {
      return !address.isAnyLocalAddress() && !address.isMulticastAddress()
          && NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
