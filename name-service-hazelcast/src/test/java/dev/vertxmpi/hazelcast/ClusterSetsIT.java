package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetRoll;
import dev.vertxmpi.spi.SetService;
import dev.vertxmpi.spi.SetServiceContract;
import dev.vertxmpi.spi.SetServiceProvider;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Process sets among the members of a clustered Vert.x. */
class ClusterSetsIT extends SetServiceContract {

  private static String name;
  private static List<Clustered> members;

  @BeforeAll
  static void cluster() {
    name = Clusters.freshName();
    Clustered first = Clusters.begin(name);
    members = List.of(first, Clusters.join(name, first));
  }

  @AfterAll
  static void leave() {
    members.forEach(member -> await(member.vertx().close()));
    Leaks.assertNoHazelcastThreads();
  }

  private static Optional<SetService> sets(Vertx vertx) {
    return SetServiceProvider.all().getFirst().sets(vertx);
  }

  @Override
  protected SetService open(int process) {
    return sets(members.get(process).vertx()).orElseThrow();
  }

  @Test
  void shouldTakeOutWhoseMemberHasLeftTheCluster() {
    Clustered third = Clusters.join(name, members.getFirst());
    SetService doomed = sets(third.vertx()).orElseThrow();
    SetMember stays = member();
    SetMember goes = member();
    await(alice.join(uri, stays));
    await(doomed.join(uri, goes));
    Told told = watch(bob);
    told.of(2);
    await(third.vertx().close());
    SetRoll left = told.of(1);
    assertTrue(left.hasDied(goes.process()));
    assertTrue(left.find(stays.process()).isPresent());
    await(doomed.close());
  }

  @Test
  void shouldShareATableAmongTheRanksOfAProcess() {
    SetService another = open(0);
    SetMember member = member();
    await(another.join(uri, member));
    await(another.close());
    SetRoll roll = watch(bob).of(1);
    assertEquals(List.of(member.process()), roll.group().members());
    assertFalse(roll.members().getFirst().holder().isEmpty());
  }

  @Test
  void shouldKnowNothingOfVertxWithoutACluster() {
    Vertx plain = Vertx.vertx();
    assertEquals(Optional.empty(), sets(plain));
    await(plain.close());
  }
}
