package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.spi.link.NodeAddress;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens: {@code 127.0.0.1:40123} or {@code [::1]:40123}. Only numbers, so that no peer can make us ask
 * for names.
 *
 * @param host IPv4 or IPv6 address
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {

  private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})]|([0-9.]{7,15})):([0-9]{1,5})");

  /** The place in a peer's address; empty where it has none or a malformed one. */
  static Optional<HostPort> of(NodeAddress peer) {
    Matcher matcher = FORM.matcher(peer.endpoints().getOrDefault("tcp", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(3));
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return port < 1 || port > 65535 || !isDialable(host) ? Optional.empty() : Optional.of(new HostPort(host, port));
  }

  /** Whether a host is a number, and not the one for "all addresses of this host". */
  static boolean isDialable(String host) {
    try {
      return !InetAddress.ofLiteral(host).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean isLoopback() {
    return host.startsWith("127.") || host.equals("::1");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
