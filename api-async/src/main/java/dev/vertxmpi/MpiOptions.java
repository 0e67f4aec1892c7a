package dev.vertxmpi;

import dev.vertxmpi.names.PublishingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Options of a rank. Where one is not set, the environment is asked ({@code VERTX_MPI_LINKS},
 * {@code VERTX_MPI_NAME_SERVERS}, {@code VERTX_MPI_CLUSTERED}), then the default holds.
 */
public final class MpiOptions {

  /** The links, best first. */
  public static final List<String> DEFAULT_LINKS = List.of("local", "shm", "tcp", "bus");

  /** How long {@link Mpi#init} waits for the other ranks. */
  public static final Duration DEFAULT_INIT_TIMEOUT = Duration.ofSeconds(60);

  /** How long a silent peer is trusted. */
  public static final Duration DEFAULT_FAILURE_TIMEOUT = Duration.ofSeconds(5);

  /** How long {@link Mpi#close} may take. */
  public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** The address that links listen at. */
  public static final String DEFAULT_HOST = "127.0.0.1";

  private List<String> links;
  private List<String> nameServers;
  private PublishingKey publishingKey;
  private Duration initTimeout = DEFAULT_INIT_TIMEOUT;
  private Duration failureTimeout = DEFAULT_FAILURE_TIMEOUT;
  private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;
  private String host = DEFAULT_HOST;
  private SSLOptions tls;
  private Boolean clustered;

  /** All defaults. */
  public MpiOptions() {
  }

  /**
   * A copy.
   *
   * @param other what to copy
   */
  public MpiOptions(MpiOptions other) {
    this.links = other.links;
    this.nameServers = other.nameServers;
    this.publishingKey = other.publishingKey;
    this.initTimeout = other.initTimeout;
    this.failureTimeout = other.failureTimeout;
    this.closeTimeout = other.closeTimeout;
    this.host = other.host;
    this.tls = other.tls == null ? null : other.tls.copy();
    this.clustered = other.clustered;
  }

  /**
   * From JSON.
   *
   * @param json {@code links}, {@code nameServers} (arrays of strings), {@code initTimeoutMillis},
   *     {@code failureTimeoutMillis}, {@code closeTimeoutMillis}, {@code host}, {@code clustered}
   */
  public MpiOptions(JsonObject json) {
    this.links = strings(json.getJsonArray("links"));
    this.nameServers = strings(json.getJsonArray("nameServers"));
    this.initTimeout = Duration.ofMillis(json.getLong("initTimeoutMillis", DEFAULT_INIT_TIMEOUT.toMillis()));
    this.failureTimeout = Duration.ofMillis(json.getLong("failureTimeoutMillis", DEFAULT_FAILURE_TIMEOUT.toMillis()));
    this.closeTimeout = Duration.ofMillis(json.getLong("closeTimeoutMillis", DEFAULT_CLOSE_TIMEOUT.toMillis()));
    this.host = json.getString("host", DEFAULT_HOST);
    this.clustered = json.getBoolean("clustered");
  }

  /**
   * As JSON.
   *
   * @return what {@link #MpiOptions(JsonObject)} reads
   */
  public JsonObject toJson() {
    JsonObject json = new JsonObject()
        .put("initTimeoutMillis", initTimeout.toMillis())
        .put("failureTimeoutMillis", failureTimeout.toMillis())
        .put("closeTimeoutMillis", closeTimeout.toMillis())
        .put("host", host);
    if (links != null) {
      json.put("links", new JsonArray(links));
    }
    if (nameServers != null) {
      json.put("nameServers", new JsonArray(nameServers));
    }
    if (clustered != null) {
      json.put("clustered", clustered);
    }
    return json;
  }

  private static List<String> strings(JsonArray array) {
    return array == null ? null : array.stream().map(Object::toString).toList();
  }

  /**
   * The links that may be used, best first.
   *
   * @return as set, else {@code VERTX_MPI_LINKS} (names with commas), else {@link #DEFAULT_LINKS}
   */
  public List<String> getLinks() {
    return links != null ? links : fromEnvironment("VERTX_MPI_LINKS", DEFAULT_LINKS);
  }

  /**
   * Sets the links that may be used, best first. Without {@code local}, ranks of one JVM talk through the others too.
   *
   * @param links names: {@code local}, {@code shm} (JVMs of one host and user), {@code tcp}, {@code bus}
   * @return this
   */
  public MpiOptions setLinks(List<String> links) {
    if (links.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, "links must name at least one link");
    }
    this.links = List.copyOf(links);
    return this;
  }

  /**
   * The name servers of the global scope.
   *
   * @return as set, else {@code VERTX_MPI_NAME_SERVERS} (host:port with commas), else none
   */
  public List<String> getNameServers() {
    return nameServers != null ? nameServers : fromEnvironment("VERTX_MPI_NAME_SERVERS", List.of());
  }

  /**
   * Sets the name servers of the global scope.
   *
   * @param nameServers host:port each
   * @return this
   */
  public MpiOptions setNameServers(List<String> nameServers) {
    this.nameServers = List.copyOf(nameServers);
    return this;
  }

  /**
   * The key that name servers may ask for before they let somebody publish.
   *
   * @return as set, else that of the environment (see {@link PublishingKey}), else none
   */
  public Optional<PublishingKey> getPublishingKey() {
    return publishingKey != null ? Optional.of(publishingKey) : PublishingKey.of(System.getenv());
  }

  /**
   * Sets the key that name servers may ask for before they let somebody publish. It is not part of the JSON form.
   *
   * @param publishingKey null for that of the environment
   * @return this
   */
  public MpiOptions setPublishingKey(PublishingKey publishingKey) {
    this.publishingKey = publishingKey;
    return this;
  }

  /**
   * Whether {@link Mpi#launch} builds a clustered {@code Vertx} where a launcher has started this process.
   *
   * @return as set, else whether {@code VERTX_MPI_CLUSTERED} is {@code true}
   */
  public boolean isClustered() {
    return clustered != null ? clustered : Boolean.parseBoolean(System.getenv("VERTX_MPI_CLUSTERED"));
  }

  /**
   * Asks {@link Mpi#launch} for a clustered {@code Vertx}, so that the event bus of the program reaches the other ranks
   * of its job. It takes longer to begin: without it, the cluster is joined when names of the local scope or process
   * sets are first used.
   *
   * @param clustered true for an event bus in common
   * @return this
   */
  public MpiOptions setClustered(boolean clustered) {
    this.clustered = clustered;
    return this;
  }

  private static List<String> fromEnvironment(String variable, List<String> otherwise) {
    String value = System.getenv(variable);
    return value == null || value.isBlank() ? otherwise : List.of(value.strip().split("\\s*,\\s*"));
  }

  /**
   * How long {@link Mpi#init} waits for the other ranks.
   *
   * @return positive
   */
  public Duration getInitTimeout() {
    return initTimeout;
  }

  /**
   * Sets how long {@link Mpi#init} waits for the other ranks.
   *
   * @param initTimeout positive
   * @return this
   */
  public MpiOptions setInitTimeout(Duration initTimeout) {
    this.initTimeout = positive("initTimeout", initTimeout);
    return this;
  }

  /**
   * How long a silent peer is trusted where its death cannot be seen exactly.
   *
   * @return positive
   */
  public Duration getFailureTimeout() {
    return failureTimeout;
  }

  /**
   * Sets how long a silent peer is trusted where its death cannot be seen exactly.
   *
   * @param failureTimeout positive
   * @return this
   */
  public MpiOptions setFailureTimeout(Duration failureTimeout) {
    this.failureTimeout = positive("failureTimeout", failureTimeout);
    return this;
  }

  /**
   * How long {@link Mpi#close} may take.
   *
   * @return positive
   */
  public Duration getCloseTimeout() {
    return closeTimeout;
  }

  /**
   * Sets how long {@link Mpi#close} may take.
   *
   * @param closeTimeout positive
   * @return this
   */
  public MpiOptions setCloseTimeout(Duration closeTimeout) {
    this.closeTimeout = positive("closeTimeout", closeTimeout);
    return this;
  }

  private static Duration positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new MpiException(ErrorClass.ARG, name + " must be positive, but is " + value);
    }
    return value;
  }

  /**
   * The address that links listen at.
   *
   * @return an IP address of this host
   */
  public String getHost() {
    return host;
  }

  /**
   * Sets the address that links listen at. It is what peers dial, so it must be reachable for them.
   *
   * @param host an IP address of this host
   * @return this
   */
  public MpiOptions setHost(String host) {
    this.host = host;
    return this;
  }

  /**
   * Keys and trust for links over TCP.
   *
   * @return null where they are not encrypted
   */
  public SSLOptions getTls() {
    return tls;
  }

  /**
   * Encrypts links over TCP. Each node shows its certificate, and refuses peers without one that it trusts, and peers
   * that speak no TLS; host names are not compared, for nodes dial numbers. The secret of the job is proved inside. All
   * nodes of a job need it. Links within a host ({@code local}, {@code shm}) and the event bus are left as they are.
   * {@link #toJson()} leaves it out, because it may hold secrets.
   *
   * @param tls with {@link SSLOptions#setKeyCertOptions} and {@link SSLOptions#setTrustOptions}; copied; null for none
   * @return this
   */
  public MpiOptions setTls(SSLOptions tls) {
    if (tls != null && (tls.getKeyCertOptions() == null || tls.getTrustOptions() == null)) {
      throw new MpiException(ErrorClass.ARG, "tls must have both key and trust options");
    }
    this.tls = tls == null ? null : tls.copy();
    return this;
  }
}
