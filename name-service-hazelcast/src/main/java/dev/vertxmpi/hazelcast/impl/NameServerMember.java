package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
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

  private NameServerMember(HazelcastInstance member, String address) {
    this.member = member;
    this.name = member.getName();
    this.address = address;
    this.table = new NameTable(new ServerBackend(member));
    this.reaper = new LeaseReaper(member, table);
    Members.serves(name);
  }

  /**
   * Starts a member.
   *
   * @param host where to listen
   * @param port where to listen; 0 for any free one
   * @param peers host:port of the others
   * @return the member; settles on any thread
   */
  public static Future<NameServerMember> start(String host, int port, List<String> peers) {
    return Background.future("name server", () -> {
      String address = Endpoint.listenAt(host);
      List<Endpoint> others = Endpoint.parseAll(peers).stream().map(Endpoint::resolved).distinct()
          .filter(peer -> !peer.equals(new Endpoint(address, port))).toList();
      HazelcastInstance member;
      try {
        member = Hazelcast.newHazelcastInstance(NameServerConfig.of(address, port, others));
      } catch (RuntimeException e) {
        throw StartFailure.of(e, "the name server", address, port);
      }
      int actual = member.getCluster().getLocalMember().getAddress().getPort();
      return new NameServerMember(member, new Endpoint(address, actual).toString());
    });
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
   * Shuts the member down.
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
