package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceContract;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names among the members of a clustered Vert.x. */
class LocalNamesIT extends NameServiceContract {

  private static List<Clustered> members;

  @BeforeAll
  static void cluster() {
    String name = Clusters.freshName();
    Clustered first = Clusters.begin(name);
    members = List.of(first, Clusters.join(name, first));
  }

  @AfterAll
  static void leave() {
    members.forEach(member -> await(member.vertx().close()));
  }

  @Override
  protected NameService open(int process) {
    return Clusters.local(members.get(process).vertx(), "job");
  }

  @Test
  void shouldKeepScopesApart() {
    NameService other = Clusters.local(members.get(1).vertx(), "another job");
    await(alice.publish("orders", "port", ALICE, true));
    assertFails(ErrorClass.NAME, other.lookup("orders", NOT_AT_ALL));
    await(other.close());
  }

  @Test
  void shouldShareOneScopeAmongTheRanksOfAProcess() {
    NameService another = open(0);
    await(another.publish("orders", "port", BOB, true));
    await(another.close());
    assertEquals("port", await(alice.lookup("orders", NOT_AT_ALL)).port());
  }

  @Test
  void shouldRefuseNamesWithoutLengthOrLimit() {
    assertFails(ErrorClass.ARG, alice.publish("", "port", ALICE, true));
    assertFails(ErrorClass.ARG, alice.publish("x".repeat(2000), "port", ALICE, true));
    assertFails(ErrorClass.ARG, alice.publish("orders", "x".repeat(2000), ALICE, true));
    assertTrue(assertFails(ErrorClass.ARG, alice.lookup("orders", LONG.negated())).reason().contains("wait"));
  }

  @Test
  void shouldKnowNothingOfVertxWithoutACluster() {
    Vertx plain = Vertx.vertx();
    assertEquals(Optional.empty(), Clusters.names().local(plain, "job"));
    await(plain.close());
  }
}
