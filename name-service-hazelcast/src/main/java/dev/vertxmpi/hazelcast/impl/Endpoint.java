package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;

/**
 * A host and a port number, written {@code host:port}, with brackets around an IPv6 address.
 *
 * @param host name or IP address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

  private static final int MAX_HOST = 255;

  /**
   * Reads an endpoint.
   *
   * @param text {@code host:port}
   * @return the endpoint; throws {@link ErrorClass#ARG} for any other text
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || colon > MAX_HOST + 2) {
      throw malformed(text);
    }
    String host = text.substring(0, colon).strip();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || (!bracketed && host.indexOf(':') >= 0) || !host.matches("[\\w.:%-]+")) {
      throw malformed(text);
    }
    try {
      return new Endpoint(host, checkPort("port", Integer.parseInt(text.substring(colon + 1).strip()), 1));
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
  }

  /**
   * Reads several.
   *
   * @param texts {@code host:port} each
   * @return in the same order
   */
  public static List<Endpoint> parseAll(Collection<String> texts) {
    return texts.stream().map(Endpoint::parse).toList();
  }

  /**
   * Checks a port number.
   *
   * @param argument its name in the error
   * @param port the number
   * @param lowest 0 where zero means any, else 1
   * @return the number
   */
  public static int checkPort(String argument, int port, int lowest) {
    if (port < lowest || port > 65535) {
      throw new MpiException(ErrorClass.ARG, argument + " must be " + lowest + " to 65535, but is " + port);
    }
    return port;
  }

  /**
   * Finds the address of a host; may ask the network.
   *
   * @param host name or IP address
   * @return an IP address
   */
  public static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new MpiException(ErrorClass.ARG, "host '" + host + "' is not known", e);
    }
  }

  /**
   * Finds the address to listen at.
   *
   * @param host name or IP address of this host
   * @return an IP address, in text; not that of all interfaces, because others are told to connect to it
   */
  public static String listenAt(String host) {
    InetAddress address = resolve(host);
    if (address.isAnyLocalAddress()) {
      throw new MpiException(ErrorClass.ARG, "host must be one address of this host, but " + host + " means all");
    }
    return address.getHostAddress();
  }

  /**
   * The same endpoint by IP address.
   *
   * @return an endpoint that needs no look-up
   */
  public Endpoint resolved() {
    return new Endpoint(resolve(host).getHostAddress(), port);
  }

  private static MpiException malformed(String text) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return new MpiException(ErrorClass.ARG, "an endpoint has the form host:port, but this is '" + shown + "'");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
