package dev.vertxmpi.hazelcast;

import dev.vertxmpi.hazelcast.impl.Endpoint;
import dev.vertxmpi.names.PublishingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Options of a name server. */
public class NameServerOptions {

  /** By default a name server listens to this host alone: names hold secrets, and Hazelcast asks for no password. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  /** The port number of name servers; beside Hazelcast's own default range, which begins at 5701. */
  public static final int DEFAULT_PORT = 5690;

  private String host = DEFAULT_HOST;
  private int port = DEFAULT_PORT;
  private List<String> peers = List.of();
  private PublishingKey publishingKey;

  /** A server by itself, at {@link #DEFAULT_HOST} and {@link #DEFAULT_PORT}. */
  public NameServerOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public NameServerOptions(NameServerOptions other) {
    this.host = other.host;
    this.port = other.port;
    this.peers = other.peers;
    this.publishingKey = other.publishingKey;
  }

  /**
   * From JSON.
   *
   * @param json {@code host}, {@code port}, {@code peers} (array of host:port)
   */
  public NameServerOptions(JsonObject json) {
    this.host = json.getString("host", DEFAULT_HOST);
    this.port = Endpoint.checkPort("port", json.getInteger("port", DEFAULT_PORT), 0);
    this.peers = checked(json.getJsonArray("peers", new JsonArray()).stream().map(Object::toString).toList());
  }

  /**
   * As JSON.
   *
   * @return what {@link #NameServerOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    return new JsonObject().put("host", host).put("port", port).put("peers", new JsonArray(peers));
  }

  /**
   * Where to listen.
   *
   * @return a name or IP address of this host
   */
  public String getHost() {
    return host;
  }

  /**
   * Sets where to listen. Clients and peers must reach the server by this very address.
   *
   * @param host a name or IP address of this host
   * @return this
   */
  public NameServerOptions setHost(String host) {
    this.host = Objects.requireNonNull(host);
    return this;
  }

  /**
   * The port number to listen at.
   *
   * @return 0 for any free one
   */
  public int getPort() {
    return port;
  }

  /**
   * Sets the port number to listen at.
   *
   * @param port 0 for any free one, else 1 to 65535
   * @return this
   */
  public NameServerOptions setPort(int port) {
    this.port = Endpoint.checkPort("port", port, 0);
    return this;
  }

  /**
   * The other name servers.
   *
   * @return host:port each, none for a server by itself
   */
  public List<String> getPeers() {
    return peers;
  }

  /**
   * Sets the other name servers; they need not be there yet.
   *
   * <p>All servers of a group are given the same servers: each counts itself and its peers to know how many more than
   * half are.
   *
   * <ul>
   * <li>No peer: the names are gone with the server, and come back from those who published them when it is there
   *     again.
   * <li>One peer: availability, no more. Each of the two goes on alone when the other is lost, also where only the
   *     network between them is cut. Then a name may be published twice, once at each. When they see each other again,
   *     one of the two publications is left.
   * <li>Two peers or more, best an even number: also uniqueness. Servers that see no more than half of all refuse
   *     calls, within three seconds of a cut. Before that they fail those which the others have not confirmed. The
   *     larger side goes on after about six seconds; calls wait for that.
   * </ul>
   *
   * <p>Who has lost a name at the end of a cut is told: see {@link dev.vertxmpi.Mpi#publish}.
   *
   * @param peers host:port each, of at most 12 servers besides this one
   * @return this
   */
  public NameServerOptions setPeers(List<String> peers) {
    this.peers = checked(peers);
    return this;
  }

  /**
   * The key without which nobody may publish.
   *
   * @return empty where everybody may
   */
  public Optional<PublishingKey> getPublishingKey() {
    return Optional.ofNullable(publishingKey);
  }

  /**
   * Sets the key without which nobody may publish; all servers need the same. Everybody may look up and watch. It is
   * not part of the JSON form, and no environment is asked.
   *
   * @param publishingKey null where everybody may publish
   * @return this
   */
  public NameServerOptions setPublishingKey(PublishingKey publishingKey) {
    this.publishingKey = publishingKey;
    return this;
  }

  private static List<String> checked(List<String> peers) {
    return Endpoint.parseAll(peers).stream().map(Endpoint::toString).distinct().toList();
  }
}
