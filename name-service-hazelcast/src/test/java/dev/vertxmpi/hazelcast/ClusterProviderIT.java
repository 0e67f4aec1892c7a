package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.await;
import static dev.vertxmpi.hazelcast.Clusters.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A clustered Vert.x, or a clear error. */
class ClusterProviderIT {

  private final String name = Clusters.freshName();

  @AfterEach
  void shouldLeaveNoThreads() {
    Leaks.assertNoHazelcastThreads();
  }

  @Test
  void shouldCarryTheEventBus() {
    Clustered first = Clusters.begin(name);
    Clustered second = Clusters.join(name, first);
    await(first.vertx().eventBus().<String>consumer("greeting",
        message -> message.reply("hello " + message.body())).completion());
    Future<Message<String>> reply = second.vertx().eventBus().request("greeting", "you");
    assertEquals("hello you", await(reply).body());
    assertTrue(second.vertx().isClustered());
    await(second.vertx().close());
    await(first.vertx().close());
  }

  @Test
  void shouldBeJoinedThroughAnyMember() {
    Clustered first = Clusters.begin(name);
    Clustered second = Clusters.join(name, first);
    Clustered third = Clusters.join(name, second);
    await(third.vertx().eventBus().<String>consumer("greeting", message -> message.reply("hello")).completion());
    assertEquals("hello", await(first.vertx().eventBus().<String>request("greeting", "")).body());
    await(Future.join(Stream.of(first, second, third).map(member -> member.vertx().close()).toList()));
  }

  @Test
  void shouldListenAtTheGivenAddressAndPort() {
    int port = Clusters.freePort();
    Clustered member = await(ClusterProvider.get().join(name, Clusters.HOST, port, List.of()));
    assertEquals(Clusters.HOST + ":" + port, member.member());
    MpiException error = failure(ClusterProvider.get().join(name, Clusters.HOST, port, List.of()));
    assertEquals(ErrorClass.ARG, error.errorClass());
    assertTrue(error.reason().contains("port " + port + " of 127.0.0.1 is in use"), error.reason());
    await(member.vertx().close());
  }

  @Test
  void shouldBeginAClusterWhereItIsItselfOnTheList() {
    int port = Clusters.freePort();
    List<String> all = List.of(Clusters.HOST + ":" + port, Clusters.HOST + ":" + Clusters.freePort());
    Clustered member = await(ClusterProvider.get().join(name, Clusters.HOST, port, all));
    assertEquals(all.getFirst(), member.member());
    await(member.vertx().close());
  }

  @Test
  void shouldFailWhereNobodyListens() {
    String nobody = Clusters.HOST + ":" + Clusters.freePort();
    MpiException error = failure(ClusterProvider.get().join(name, Clusters.HOST, 0, List.of(nobody)));
    assertEquals("cluster '" + name + "' cannot be joined: nobody listens at " + nobody, error.reason());
  }

  @Test
  void shouldFailWhereTheNameIsAnother() {
    Clustered stranger = Clusters.begin(Clusters.freshName());
    MpiException error = failure(ClusterProvider.get().join(name, Clusters.HOST, 0, List.of(stranger.member())));
    assertEquals("cluster '" + name + "' cannot be joined: " + stranger.member()
        + " listens, but does not let this process into a cluster of that name", error.reason());
    await(stranger.vertx().close());
  }

  @Test
  @Tag("slow")
  void shouldFailWhereNoMemberOfAClusterAnswers() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName(Clusters.HOST))) {
      String member = Clusters.HOST + ":" + mute.getLocalPort();
      MpiException error = failure(ClusterProvider.get().join(name, Clusters.HOST, 0, List.of(member)));
      assertTrue(error.reason().startsWith("cluster '" + name + "' "), error.reason());
      assertTrue(error.reason().contains(member), error.reason());
    }
  }

  @Test
  void shouldFailForArgumentsThatAreNone() {
    assertEquals(ErrorClass.ARG, failure(ClusterProvider.get().join("", Clusters.HOST, 0, List.of())).errorClass());
    assertEquals(ErrorClass.ARG,
        failure(ClusterProvider.get().join(name, Clusters.HOST, 70000, List.of())).errorClass());
    assertEquals(ErrorClass.ARG,
        failure(ClusterProvider.get().join(name, Clusters.HOST, 0, List.of("garbage"))).errorClass());
    MpiException foreign = failure(ClusterProvider.get().join(name, "192.0.2.1", 0, List.of()));
    assertEquals("address 192.0.2.1 is not one of this host", foreign.reason());
  }
}
