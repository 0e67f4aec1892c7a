package dev.vertxmpi.hazelcast;

import dev.vertxmpi.hazelcast.impl.NameServerMember;
import dev.vertxmpi.spi.NameEntry;
import io.vertx.core.Future;
import java.util.List;

/**
 * Keeps the names of the global scope for jobs that have nothing else in common.
 *
 * <p>Names are kept in memory, with copies on two peers or half of them, for as long as the process that published them
 * lives: a name of a killed process vanishes within about three seconds, that of a vanished host within ten. A server
 * that was started again is empty; processes that still run put their names back within seconds.
 *
 * <p>How many servers there are decides what a name is worth when one dies, or the network between them is cut: see
 * {@link NameServerOptions#setPeers}.
 *
 * <p>A name server listens, keeps names and does nothing else: no discovery, no calls home, no persistence. Who reaches
 * it may read, so it belongs behind a firewall; who may publish can be restricted by a
 * {@linkplain NameServerOptions#setPublishingKey key}.
 */
public final class NameServer {

  private final NameServerMember member;

  private NameServer(NameServerMember member) {
    this.member = member;
  }

  /**
   * Starts a name server in this JVM. Blocks no event loop.
   *
   * @param options where to listen, and its peers
   * @return the server; {@code ARG} where it cannot listen there, or has too many peers
   */
  public static Future<NameServer> start(NameServerOptions options) {
    return NameServerMember.start(options.getHost(), options.getPort(), options.getPeers(),
        options.getPublishingKey().orElse(null)).map(NameServer::new);
  }

  /**
   * Where it listens.
   *
   * @return host:port, for the option of jobs that names their servers
   */
  public String address() {
    return member.address();
  }

  /**
   * The published names.
   *
   * @return in the order of the names
   */
  public Future<List<NameEntry>> list() {
    return member.list();
  }

  /**
   * How the server is, for who has to decide whether to send it clients.
   *
   * @return within two seconds; never fails
   */
  public Future<NameServerHealth> health() {
    return member.health();
  }

  /**
   * Stops the server. Its peers take over the names first, which waits for them for twenty seconds at most; without
   * peers the names are gone.
   *
   * @return settles when nothing is left open
   */
  public Future<Void> close() {
    return member.close();
  }

  @Override
  public String toString() {
    return "NameServer[" + address() + "]";
  }
}
