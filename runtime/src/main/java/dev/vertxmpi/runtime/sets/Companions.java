package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SetMember;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a communicator, and what the node of one of them must know to reach the others. Those of its own job
 * it knows.
 *
 * @param rank of the caller
 * @param members by rank in the communicator
 */
record Companions(Rank rank, List<SetMember> members) {

  private Node node() {
    return rank.node();
  }

  int size() {
    return members.size();
  }

  ProcessId process(int of) {
    return members.get(of).process();
  }

  Group group() {
    return new Group(members.stream().map(SetMember::process).toList());
  }

  int rankOf(ProcessId process) {
    return group().rankOf(process);
  }

  boolean isForeign(int of) {
    return !process(of).job().equals(rank.id().job());
  }

  /** Makes one of them reachable; undone by {@link #forget(int)}. */
  void meet(int of) {
    if (isForeign(of)) {
      SetMember member = members.get(of);
      Invitation.use(node(), member);
      node().introduce(member.process(), member.place());
    }
  }

  void forget(int of) {
    if (isForeign(of)) {
      Invitation.forget(node(), members.get(of));
    }
  }

  /**
   * The communicator exists: makes links to all the others, so that each sees the death of each. Settles when they are
   * there or have failed; who cannot be reached is gone then.
   */
  Future<Void> begin() {
    List<Future<Void>> links = new ArrayList<>();
    for (int of = 0; of < size(); of++) {
      if (!process(of).equals(rank.id())) {
        meet(of);
        links.add(node().attend(process(of)));
      }
    }
    return Future.join(links).otherwiseEmpty().mapEmpty();
  }

  /** Undoes {@link #begin}, but for the links. */
  void end() {
    for (int of = 0; of < size(); of++) {
      if (!process(of).equals(rank.id())) {
        forget(of);
      }
    }
  }
}
