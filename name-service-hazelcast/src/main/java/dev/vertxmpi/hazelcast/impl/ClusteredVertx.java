package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Starts one clustered Vert.x: first the member, and only on one that has joined the Vert.x. Apart from its provider,
 * so that the provider loads without vertx-hazelcast.
 */
final class ClusteredVertx {

  /** By this attribute of a member the cluster manager knows its Vert.x. */
  private static final String NODE_ID = "__vertx.nodeId";
  private static final int PROBE_MILLIS = 500;

  private final String name;
  private final String address;
  private final int port;
  private final List<Endpoint> wanted;
  private final VertxBuilder builder;

  ClusteredVertx(String name, String address, int port, List<Endpoint> wanted, VertxBuilder builder) {
    this.name = name;
    this.address = address;
    this.port = port;
    this.wanted = wanted;
    this.builder = builder;
  }

  /** Blocks while the member starts. */
  Future<Clustered> start() {
    HazelcastInstance member = member();
    try {
      return start(member);
    } catch (Throwable e) {
      member.shutdown();
      throw e;
    }
  }

  private Future<Clustered> start(HazelcastInstance member) {
    Endpoint here = new Endpoint(address, member.getCluster().getLocalMember().getAddress().getPort());
    if (member.getCluster().getMembers().size() == 1 && !wanted.isEmpty() && !wanted.contains(here)) {
      throw notJoined(null);
    }
    VertxOptions options = new VertxOptions();
    options.getEventBusOptions().setHost(address).setClusterPublicHost(address);
    return builder.with(options).withClusterManager(new OwningClusterManager(member)).buildClustered().map(vertx -> {
      Members.belongs(member, vertx);
      return new Clustered(vertx, here.toString());
    }).recover(failure -> Background.future("leave the cluster", () -> {
      member.shutdown();
      throw StartFailure.of(failure, "cluster '" + name + "'", address, port);
    }));
  }

  private HazelcastInstance member() {
    Config config = MemberConfig.vertx(name, address, port, wanted);
    config.getMemberAttributeConfig().setAttribute(NODE_ID, UUID.randomUUID().toString());
    try {
      return Hazelcast.newHazelcastInstance(config);
    } catch (RuntimeException e) {
      MpiException error = StartFailure.of(e, "cluster '" + name + "'", address, port);
      // What is wrong with our own address is an error of class ARG; all else is about those that we asked.
      throw wanted.isEmpty() || error.errorClass() == ErrorClass.ARG ? error : notJoined(e);
    }
  }

  private MpiException notJoined(Throwable cause) {
    List<Endpoint> there = wanted.stream().filter(ClusteredVertx::listens).toList();
    return new MpiException(ErrorClass.OTHER, "cluster '" + name + "' cannot be joined: "
        + (there.isEmpty() ? "nobody listens at " + list(wanted)
            : list(there) + " listens, but does not let this process into a cluster of that name"), cause);
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
