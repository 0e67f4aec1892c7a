package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Options of open port. */
public final class PortOptions {

  /** Connects that may wait at a port at one time, unless it is told otherwise. */
  public static final int DEFAULT_QUEUE = 1024;

  private String ipAddress;
  private int ipPort;
  private int queue = DEFAULT_QUEUE;

  /** Any address of this host that the links use, any free port number. */
  public PortOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public PortOptions(PortOptions other) {
    this.ipAddress = other.ipAddress;
    this.ipPort = other.ipPort;
    this.queue = other.queue;
  }

  /**
   * From JSON.
   *
   * @param json {@code ipAddress}, {@code ipPort}, {@code queue}
   */
  public PortOptions(JsonObject json) {
    setIpAddress(json.getString("ipAddress"));
    setIpPort(json.getInteger("ipPort", 0));
    setQueue(json.getInteger("queue", DEFAULT_QUEUE));
  }

  /**
   * As JSON.
   *
   * @return what {@link #PortOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("ipPort", ipPort).put("queue", queue);
    return ipAddress == null ? json : json.put("ipAddress", ipAddress);
  }

  /**
   * The IP address to listen at.
   *
   * @return empty for the one of the links
   */
  public Optional<String> getIpAddress() {
    return Optional.ofNullable(ipAddress);
  }

  /**
   * Sets the IP address to listen at; info key {@code ip_address}. It must be one of this host.
   *
   * @param ipAddress null for the one of the links
   * @return this
   */
  public PortOptions setIpAddress(String ipAddress) {
    this.ipAddress = ipAddress;
    return this;
  }

  /**
   * The IP port number to listen at.
   *
   * @return 0 for any
   */
  public int getIpPort() {
    return ipPort;
  }

  /**
   * Sets the IP port number to listen at; info key {@code ip_port}.
   *
   * @param ipPort 0 for any, else 1 to 65535
   * @return this
   */
  public PortOptions setIpPort(int ipPort) {
    if (ipPort < 0 || ipPort > 65535) {
      throw new MpiException(ErrorClass.ARG, "ip_port must be 0 to 65535, but is " + ipPort);
    }
    this.ipPort = ipPort;
    return this;
  }

  /**
   * How many connects may wait for an accept at one time.
   *
   * @return at least 1
   */
  public int getQueue() {
    return queue;
  }

  /**
   * Sets how many connects may wait for an accept at one time; info key {@code queue}. Further ones are refused at once
   * with {@link ErrorClass#PORT}. Those for which an accept is there already do not wait.
   *
   * @param queue at least 1
   * @return this
   */
  public PortOptions setQueue(int queue) {
    if (queue < 1) {
      throw new MpiException(ErrorClass.ARG, "queue must be at least 1, but is " + queue);
    }
    this.queue = queue;
    return this;
  }

  /**
   * Reads info keys; unknown ones are ignored.
   *
   * @param info {@code ip_address}, {@code ip_port}, {@code queue}
   * @return this; throws {@link ErrorClass#INFO_VALUE} for a number that is none
   */
  public PortOptions setInfo(Map<String, String> info) {
    if (info.containsKey("ip_address")) {
      setIpAddress(info.get("ip_address"));
    }
    if (info.get("ip_port") != null) {
      setIpPort(InfoNumber.integer("ip_port", info.get("ip_port")));
    }
    if (info.get("queue") != null) {
      setQueue(InfoNumber.integer("queue", info.get("queue")));
    }
    return this;
  }

  /**
   * The values in force.
   *
   * @return info keys and values
   */
  public Map<String, String> toInfo() {
    Map<String, String> info = new LinkedHashMap<>();
    getIpAddress().ifPresent(address -> info.put("ip_address", address));
    info.put("ip_port", String.valueOf(ipPort));
    info.put("queue", String.valueOf(queue));
    return info;
  }
}
