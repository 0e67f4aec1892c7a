package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.Root;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The schedules of an intercommunicator.
 *
 * <pre>
 *   group A                     group B
 *     up the tree                 up the tree
 *          \                     /
 *         rank 0 &lt;---------&gt; rank 0        the meeting: claims about the root, and both groups are complete
 *          /                     \
 *     down the tree               down the tree
 *
 *   then the data: straight between the groups, or through rank 0
 * </pre>
 */
final class InterPlans {

  private final Lane remote;
  private final Lane own;
  private final int rank;
  private final Schedule schedule = new Schedule();
  private final Plans plans;

  InterPlans(Lane remote, Lane own) {
    this.remote = remote;
    this.own = own;
    this.rank = own.route().self();
    this.plans = new Plans(own, schedule);
  }

  /** Both groups are complete, and agree. */
  Schedule meet(Claims claims) {
    Parcel[] ours = new Parcel[1];
    Parcel.OfBytes theirs = new Parcel.OfBytes(null);
    plans.combineUp(claims, all -> ours[0] = all);
    if (rank == 0) {
      schedule.then().send(remote, 0, () -> ours[0].cargo()).receive(remote, 0, theirs)
          .work(() -> Claims.check(ours[0], theirs));
    }
    plans.down();
    return schedule.then();
  }

  private boolean isHere(Root root) {
    return root instanceof Root.Self;
  }

  /** From the root to the other group. */
  Schedule bcast(Root root, Claims claims, Parcel parcel) {
    meet(claims);
    if (isHere(root)) {
      schedule.send(remote, 0, parcel::cargo);
    } else if (root instanceof Root.Rank(int source)) {
      if (rank == 0) {
        schedule.receive(remote, source, parcel);
      }
      plans.bcast(0, parcel);
    }
    return schedule;
  }

  /** From the other group, combined, to the root. */
  Schedule reduce(Root root, Claims claims, Function<Plans, Supplier<Parcel>> combined, Parcel result) {
    meet(claims);
    if (isHere(root)) {
      schedule.receive(remote, 0, result);
    } else if (root instanceof Root.Rank(int dest)) {
      Supplier<Parcel> parcel = combined.apply(plans);
      schedule.then();
      if (rank == 0) {
        schedule.send(remote, dest, () -> parcel.get().cargo());
      }
    }
    return schedule;
  }

  /** Each group gets what the other has combined. */
  Schedule allreduce(Claims claims, Function<Plans, Supplier<Parcel>> combined, Parcel result) {
    meet(claims);
    Supplier<Parcel> parcel = combined.apply(plans);
    schedule.then();
    if (rank == 0) {
      schedule.send(remote, 0, () -> parcel.get().cargo()).receive(remote, 0, result);
    }
    return plans.bcast(0, result);
  }

  /** From all of the other group to the root. */
  Schedule gather(Root root, Supplier<Cargo> value, IntFunction<Landing> blocks) {
    meet(Claims.of(root, rank));
    if (isHere(root)) {
      receiveAll(blocks);
    } else if (root instanceof Root.Rank(int dest)) {
      schedule.send(remote, dest, value);
    }
    return schedule;
  }

  /** From all of the other group to all of this one. */
  Schedule allgather(Supplier<Cargo> value, IntFunction<Landing> blocks) {
    meet(Claims.of(null, rank));
    receiveAll(blocks);
    for (int peer = 0; peer < remote.size(); peer++) {
      schedule.send(remote, peer, value);
    }
    return schedule;
  }

  private void receiveAll(IntFunction<Landing> blocks) {
    for (int peer = 0; peer < remote.size(); peer++) {
      int source = peer;
      schedule.receiveUpTo(remote, source, () -> blocks.apply(source));
    }
  }

  /** The combined elements of a group, at its rank 0. */
  static Function<Plans, Supplier<Parcel>> combining(SlicedReduction reduction) {
    return plans -> {
      Reducer.Packed.Piece result = new Reducer.Packed.Piece(Staging.allocate(reduction.bytes()));
      reduction.reduce(plans, 0, result.landing());
      return () -> result;
    };
  }
}
