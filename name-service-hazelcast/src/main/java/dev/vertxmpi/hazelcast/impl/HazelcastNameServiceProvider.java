package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names in the Hazelcast cluster of a clustered Vert.x, and on name servers. */
public final class HazelcastNameServiceProvider implements NameServiceProvider {

  private record LocalKey(String member, String scope) {
  }

  private record GlobalKey(Vertx vertx, Set<Endpoint> servers, PublishingKey key) {
  }

  /** Used by {@link java.util.ServiceLoader}. */
  public HazelcastNameServiceProvider() {
  }

  @Override
  public Optional<NameService> local(Vertx vertx, String scope) {
    try {
      return Members.of(vertx).map(member -> new HazelcastNameService(
          SharedTable.open(new LocalKey(member.getName(), scope), () -> localTable(member, scope))));
    } catch (HazelcastInstanceNotActiveException e) {
      // The cluster was left between one line and the next.
      return Optional.empty();
    }
  }

  private static NameTable localTable(HazelcastInstance member, String scope) {
    MemberBackend backend = new MemberBackend(member, scope);
    NameTable table = new NameTable(backend);
    backend.watch(table);
    return table;
  }

  @Override
  public Optional<NameService> global(Vertx vertx, List<String> servers) {
    return global(vertx, servers, null);
  }

  @Override
  public Optional<NameService> global(Vertx vertx, List<String> servers, PublishingKey key) {
    if (servers.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, "servers must name at least one name server as host:port");
    }
    List<Endpoint> endpoints = Endpoint.parseAll(servers);
    return Optional.of(new HazelcastNameService(
        SharedTable.open(new GlobalKey(vertx, Set.copyOf(endpoints), key), () -> globalTable(endpoints, key))));
  }

  private static NameTable globalTable(List<Endpoint> servers, PublishingKey key) {
    ClientBackend backend = new ClientBackend(servers, key);
    NameTable table = new NameTable(backend);
    backend.watch(table);
    return table;
  }
}
