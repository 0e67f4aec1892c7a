package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;

/**
 * Names kept by the members of a cluster among themselves: the local scope. A holder is a member. When one leaves,
 * every other member that has the scope open removes its entries.
 */
final class MemberBackend implements NameBackend {

  private final HazelcastInstance member;
  private final String map;
  private Membership members;
  private Rounds rounds;

  MemberBackend(HazelcastInstance member, String scope) {
    this.member = member;
    this.map = NameTable.MAP_PREFIX + scope;
  }

  /**
   * Begins to look after the names: of members that leave, and of this one. A member that ends before others had copies
   * of its part of the map takes entries of theirs along.
   */
  void watch(NameTable table) {
    rounds = new Rounds("keep names", () -> {
      table.reclaim();
      table.sweep();
    });
    members = new Membership(member, holder -> {
      Background.run("tidy names", () -> table.sweep(holder));
      rounds.hurry();
    }, rounds::hurry);
    rounds.begin();
  }

  @Override
  public IMap<String, Object> map() {
    return member.getMap(map);
  }

  @Override
  public String holder() {
    return members.self();
  }

  @Override
  public boolean lives(String holder) {
    return members.lives(holder);
  }

  @Override
  public MpiException explain(Throwable failure) {
    if (failure instanceof HazelcastInstanceNotActiveException) {
      return new MpiException(ErrorClass.SERVICE, "names of the local scope are gone: this process left its cluster",
          failure);
    }
    return failure instanceof HazelcastException
        ? new MpiException(ErrorClass.SERVICE, "the cluster does not answer for names of the local scope", failure)
        : MpiException.of(failure);
  }

  @Override
  public String scope() {
    return "the local scope";
  }

  @Override
  public void close() {
    rounds.close();
    members.close();
  }
}
