package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;

/** Starts one clustered Vert.x. Apart from its provider, so that the provider loads without vertx-hazelcast. */
final class ClusteredVertx {

  private static final int PROBE_MILLIS = 500;

  private final String name;
  private final String address;
  private final int port;
  private final List<Endpoint> wanted;

  ClusteredVertx(String name, String address, int port, List<Endpoint> wanted) {
    this.name = name;
    this.address = address;
    this.port = port;
    this.wanted = wanted;
  }

  Future<Clustered> start() {
    HazelcastClusterManager manager =
        new HazelcastClusterManager(MemberConfig.vertx(name, address, port, wanted));
    VertxOptions options = new VertxOptions();
    options.getEventBusOptions().setHost(address).setClusterPublicHost(address);
    return Vertx.builder().with(options).withClusterManager(manager).buildClustered()
        .recover(failure -> Future.failedFuture(StartFailure.of(failure, "cluster '" + name + "'", address, port)))
        .compose(vertx -> joined(vertx, manager.getHazelcastInstance()));
  }

  private Future<Clustered> joined(Vertx vertx, HazelcastInstance member) {
    Endpoint here = new Endpoint(address, member.getCluster().getLocalMember().getAddress().getPort());
    boolean alone = member.getCluster().getMembers().size() == 1;
    if (alone && !wanted.isEmpty() && !wanted.contains(here)) {
      return vertx.close().transform(gone -> refused());
    }
    Members.belongs(member, vertx);
    return Future.succeededFuture(new Clustered(vertx, here.toString()));
  }

  private Future<Clustered> refused() {
    Promise<Clustered> promise = Promise.promise();
    Background.run("see who is there", () -> {
      List<Endpoint> there = wanted.stream().filter(ClusteredVertx::listens).toList();
      promise.fail(new MpiException(ErrorClass.OTHER, "cluster '" + name + "' cannot be joined: "
          + (there.isEmpty() ? "nobody listens at " + list(wanted)
              : list(there) + " answers, but is not a member of a cluster of that name")));
    });
    return promise.future();
  }

  private static String list(List<Endpoint> endpoints) {
    return endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
  }

  private static boolean listens(Endpoint endpoint) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), PROBE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
