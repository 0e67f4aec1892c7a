package dev.vertxmpi.runtime.foreign;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address of this host on the way to another one. */
public final class OwnAddress {

  private OwnAddress() {
  }

  /**
   * Asks the operating system for the way to a host; sends nothing. Blocks, for DNS.
   *
   * @param host name or address
   * @return address of this host that faces it; that of the loopback where the host is this one
   * @throws IOException where the name is unknown or there is no way
   */
  public static String towards(String host) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), 9));
      return socket.getLocalAddress().getHostAddress();
    }
  }
}
