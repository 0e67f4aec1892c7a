package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.hazelcast.NameServerHealth;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.spi.NameEntry;
import io.vertx.core.Future;
import java.util.List;

/** The Hazelcast member that is a name server. */
public final class NameServerMember {

  private final HazelcastInstance member;
  private final String name;
  private final String address;
  private final NameTable table;
  private final LeaseReaper reaper;
  private Future<Void> closed;

  private NameServerMember(HazelcastInstance member, String address, PublishingKey key) {
    this.member = member;
    this.name = member.getName();
    this.address = address;
    this.table = new NameTable(new ServerBackend(member, key));
    this.reaper = new LeaseReaper(member, table, () -> guard(key));
    Members.serves(name);
  }

  /**
   * Starts a member.
   *
   * @param host where to listen
   * @param port where to listen; 0 for any free one
   * @param peers host:port of the others
   * @param key without which nobody may publish; null for everybody may
   * @return the member; settles on any thread
   */
  public static Future<NameServerMember> start(String host, int port, List<String> peers,
      PublishingKey key) {
    return Background.future("name server", () -> {
      String address = Endpoint.listenAt(host);
      List<Endpoint> others = Endpoint.parseAll(peers).stream().map(Endpoint::resolved).distinct()
          .filter(peer -> !peer.equals(new Endpoint(address, port))).toList();
      HazelcastInstance member;
      try {
        member = Hazelcast.newHazelcastInstance(NameServerConfig.of(address, port, others, key));
      } catch (RuntimeException e) {
        throw StartFailure.of(e, "the name server", address, port);
      }
      int actual = member.getCluster().getLocalMember().getAddress().getPort();
      return new NameServerMember(member, new Endpoint(address, actual).toString(), key);
    });
  }

  /** Again and again: any client may destroy a map, and the guard of a map goes with it. */
  private void guard(PublishingKey key) {
    if (key != null) {
      member.getMap(NameServers.MAP).addInterceptor(new PublishGuard());
    }
  }

  /**
   * Where it listens.
   *
   * @return host:port
   */
  public String address() {
    return address;
  }

  /**
   * The published names.
   *
   * @return in the order of the names
   */
  public Future<List<NameEntry>> list() {
    return Background.future("name server", () -> {
      try {
        return table.list();
      } catch (RuntimeException e) {
        throw table.backend().explain(e);
      }
    });
  }

  /**
   * How the server is.
   *
   * @return within two seconds; never fails
   */
  public Future<NameServerHealth> health() {
    synchronized (this) {
      if (closed != null) {
        return Future.succeededFuture(NameServerHealth.unready("the name server is being stopped"));
      }
    }
    return HealthCheck.of(member);
  }

  /**
   * Shuts the member down, after the others have taken over what it keeps.
   *
   * @return settles when it is gone
   */
  public synchronized Future<Void> close() {
    if (closed == null) {
      closed = Background.future("name server", () -> {
        reaper.close();
        member.shutdown();
        Members.servesNoMore(name);
        return null;
      });
    }
    return closed;
  }
}
