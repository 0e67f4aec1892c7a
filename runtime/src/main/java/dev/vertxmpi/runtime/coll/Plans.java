package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * The schedules of an intracommunicator. All are built on two waves over the {@link Tree}:
 *
 * <pre>
 *   up      each rank sends to its parent when all its children have sent: rank 0 knows that all have called
 *   down    each rank sends to its children when its parent has sent: all know it
 * </pre>
 *
 * <p>Data rides on the waves where it can. The first wave never waits for anything but itself: on that rests that a
 * mismatch is noticed ({@link CollectiveEngine}).
 */
final class Plans {

  private final Lane lane;
  private final Schedule schedule;
  private final int rank;
  private final int size;
  private final List<Integer> children;

  /** Plans that add to a schedule. */
  Plans(Lane lane, Schedule schedule) {
    this.lane = lane;
    this.schedule = schedule;
    this.rank = lane.route().self();
    this.size = lane.size();
    this.children = Tree.children(rank, size);
  }

  int size() {
    return size;
  }

  int rank() {
    return rank;
  }

  /** Nobody passes before all have come: by the board of the ranks of one host, or by messages. */
  Schedule meeting() {
    return schedule.meet(lane, this::barrier);
  }

  /** Nobody passes before all have come. */
  Schedule barrier() {
    schedule.then();
    if (Algorithms.exchangesInPairs(size, 0)) {
      for (int bit = 1; bit < size; bit <<= 1) {
        schedule.then().signal(lane, rank ^ bit).await(lane, rank ^ bit);
      }
    } else {
      up();
      down();
    }
    return schedule;
  }

  /** Adds the wave of signals to rank 0. What is added next goes along with the last of them. */
  private void up() {
    schedule.then();
    children.forEach(child -> schedule.await(lane, child));
    schedule.then();
    if (rank != 0) {
      schedule.signal(lane, Tree.parent(rank));
    }
  }

  /** Adds the wave of signals from rank 0. */
  void down() {
    down(Parcel.NOTHING, () -> Parcel.NOTHING);
  }

  private void down(Parcel in, Supplier<Parcel> out) {
    schedule.then();
    if (rank != 0) {
      schedule.receive(lane, Tree.parent(rank), in);
    }
    schedule.then();
    for (int child : children.reversed()) {
      schedule.send(lane, child, () -> out.get().cargo());
    }
  }

  /** From the root to all: to rank 0 with the first wave, and down with the second. */
  Schedule bcast(int root, Parcel parcel) {
    up();
    if (root != 0 && rank == root) {
      schedule.send(lane, 0, parcel::cargo);
    }
    if (root != 0 && rank == 0) {
      schedule.receive(lane, root, parcel);
    }
    // The root has the data; it takes part in the second wave for the ranks below it.
    if (rank == root && rank != 0) {
      schedule.then().receiveAny(lane, Tree.parent(rank)).then();
      children.reversed().forEach(child -> schedule.send(lane, child, parcel::cargo));
    } else {
      down(parcel, () -> parcel);
    }
    return schedule;
  }

  /**
   * From the root to all in pieces, along a chain: each rank hands on a piece while it gets the next. Before that, rank
   * 0 tells the root that all have called.
   */
  Schedule pipelined(int root, MessageBuffer buffer) {
    up();
    schedule.then();
    if (root != 0 && rank == 0) {
      schedule.signal(lane, root);
    } else if (root != 0 && rank == root) {
      schedule.await(lane, 0);
    }
    int place = Math.floorMod(rank - root, size);
    long length = buffer.bytes();
    long step = Algorithms.piece(length);
    for (long start = 0; start < length + step; start += step) {
      schedule.then();
      long from = start;
      if (place > 0 && from < length) {
        schedule.receive(lane, Math.floorMod(rank - 1, size),
            () -> Landing.into(buffer).part(from, Math.min(step, length - from)));
      }
      // The root has all pieces; others hand on the one before.
      long ready = place == 0 ? from : from - step;
      if (place < size - 1 && ready >= 0 && ready < length) {
        schedule.send(lane, (rank + 1) % size, () -> Cargo.of(buffer).part(ready, Math.min(step, length - ready)));
      }
    }
    return schedule;
  }

  /** In slices: each rank combines one, in the order of the ranks, and sends it on to whom the result is for. */
  Schedule sliced(SlicedReduction reduction, IntPredicate isFor, Landing into) {
    Slices slices = new Slices(reduction, rank, size);
    schedule.then();
    for (int distance = 1; distance < size; distance++) {
      int to = (rank + distance) % size;
      int from = Math.floorMod(rank - distance, size);
      schedule.send(lane, to, () -> slices.operand(to)).receive(lane, from, () -> slices.place(from));
    }
    schedule.turns(slices::combine);
    for (int distance = 1; distance < size; distance++) {
      int to = (rank + distance) % size;
      int from = Math.floorMod(rank - distance, size);
      if (isFor.test(to)) {
        schedule.send(lane, to, slices::result);
      }
      if (isFor.test(rank)) {
        schedule.receive(lane, from, () -> slices.part(into, from));
      }
    }
    return isFor.test(rank) ? schedule.turns(slices.copyTo(into)) : schedule;
  }

  /** To the root: up with the first wave, on to the root, and the second wave says that all is well. */
  Schedule reduce(int root, Reducer reducer, Consumer<Parcel> result) {
    schedule.then();
    Parcel[] acc = {reducer.own()};
    combineUp(reducer, acc);
    if (root != 0 && rank == 0) {
      schedule.send(lane, root, () -> acc[0].cargo());
    }
    if (root != 0 && rank == root) {
      Parcel place = reducer.empty();
      schedule.receive(lane, 0, place).work(() -> acc[0] = place);
    }
    down();
    if (rank == root) {
      schedule.work(() -> result.accept(acc[0]));
    }
    return schedule;
  }

  /** For all: in pairs, or up and down the tree. Either way every rank gets the same bits. */
  Schedule allreduce(Reducer reducer, long bytes, Consumer<Parcel> result) {
    schedule.then();
    Parcel[] acc = {reducer.own()};
    if (Algorithms.exchangesInPairs(size, bytes)) {
      for (int bit = 1; bit < size; bit <<= 1) {
        int peer = rank ^ bit;
        Parcel place = reducer.empty();
        schedule.then().send(lane, peer, () -> acc[0].cargo()).receive(lane, peer, place)
            .work(() -> acc[0] = peer > rank ? reducer.combine(acc[0], place) : reducer.combine(place, acc[0]));
      }
    } else {
      combineUp(reducer, acc);
      Parcel place = reducer.empty();
      down(place, () -> rank == 0 ? acc[0] : place);
      schedule.work(() -> acc[0] = rank == 0 ? acc[0] : place);
    }
    return schedule.work(() -> result.accept(acc[0]));
  }

  /** The wave up, with partial results: rank 0 gets that of all. */
  void combineUp(Reducer reducer, Consumer<Parcel> atTop) {
    Parcel[] acc = {reducer.own()};
    combineUp(reducer, acc);
    if (rank == 0) {
      schedule.work(() -> atTop.accept(acc[0]));
    }
  }

  private void combineUp(Reducer reducer, Parcel[] acc) {
    Parcel[] places = new Parcel[children.size()];
    for (int i = 0; i < places.length; i++) {
      Parcel place = reducer.empty();
      places[i] = place;
      schedule.receive(lane, children.get(i), place);
    }
    for (Parcel place : places) {
      schedule.work(() -> acc[0] = reducer.combine(acc[0], place));
    }
    schedule.then();
    if (rank != 0) {
      schedule.send(lane, Tree.parent(rank), () -> acc[0].cargo());
    }
    schedule.then();
  }

  /** From all to the root, straight, when the first wave has passed; the second says that it has all. */
  Schedule gather(int root, Supplier<Cargo> own, IntFunction<Landing> blocks) {
    up();
    if (rank != root) {
      schedule.send(lane, root, own);
    } else {
      for (int peer = 0; peer < size; peer++) {
        int source = peer;
        if (source != rank) {
          schedule.receiveUpTo(lane, source, () -> blocks.apply(source));
        }
      }
    }
    schedule.then();
    if (root != 0 && rank == root) {
      schedule.signal(lane, 0);
    } else if (root != 0 && rank == 0) {
      schedule.await(lane, root);
    }
    down();
    return schedule;
  }

  /** From all to all: straight, or short blocks together up and down the tree and long ones straight. */
  Schedule allgather(Cargo own, IntFunction<Landing> blocks) {
    schedule.then();
    if (Algorithms.isBundled(size)) {
      schedule.mayGrow(lane);
      Bundle bundle = new Bundle(own);
      Parcel[] all = new Parcel[1];
      combineUp(bundle, top -> all[0] = top);
      Parcel place = bundle.empty();
      down(place, () -> rank == 0 ? all[0] : place);
      return schedule.work(() -> exchangeLong(own, Bundle.open(rank == 0 ? all[0] : place, size), blocks)).then();
    }
    for (int distance = 1; distance < size; distance++) {
      int from = Math.floorMod(rank - distance, size);
      schedule.send(lane, (rank + distance) % size, () -> own).receiveUpTo(lane, from, () -> blocks.apply(from));
    }
    return schedule;
  }

  /** Takes the short blocks of the others, and adds a round for the long ones. */
  private void exchangeLong(Cargo own, List<Bundle.Block> all, IntFunction<Landing> blocks) {
    for (int distance = 1; distance < size; distance++) {
      int from = Math.floorMod(rank - distance, size);
      if (all.get(rank).isLong()) {
        schedule.send(lane, (rank + distance) % size, () -> own);
      }
      if (all.get(from).isLong()) {
        schedule.receiveUpTo(lane, from, () -> blocks.apply(from));
      } else {
        all.get(from).copyTo(blocks.apply(from), lane.name(from));
      }
    }
  }
}
