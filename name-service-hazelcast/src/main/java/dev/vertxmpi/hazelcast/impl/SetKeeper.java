package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.core.HazelcastInstance;

/**
 * Looks after the process sets of a cluster for one of its members: takes out those whose member has gone, at once and
 * once more at times, and puts back what the cluster has lost. A holder is a member of the cluster.
 */
final class SetKeeper {

  private final SetTable table;
  private final Membership members;
  private final Rounds rounds;

  SetKeeper(HazelcastInstance member, SetTable table) {
    this.table = table;
    this.rounds = new Rounds("keep process sets", this::tidy);
    this.members = new Membership(member, gone -> Background.run("tidy process sets", () -> {
      tidy();
      table.wake();
    }), rounds::hurry);
    rounds.begin();
  }

  private void tidy() {
    table.sweep();
    table.reclaim();
  }

  /** Who this process is among the holders. */
  String self() {
    return members.self();
  }

  boolean lives(String holder) {
    return members.lives(holder);
  }

  void close() {
    rounds.close();
    members.close();
  }
}
