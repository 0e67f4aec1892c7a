package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What one rank does in a collective: rounds, one after another; the steps of a round all at once.
 *
 * <pre>
 *   round 1     receive from 1, receive from 2
 *   round 2     work: combine
 *   round 3     send to 0                                a round ends when all its steps have
 * </pre>
 *
 * <p>A step may add rounds at the end, where what comes next depends on what came.
 */
final class Schedule {

  private final List<List<Step>> rounds = new ArrayList<>();
  /** Null where no rounds are added later. */
  private Lane later;
  private boolean open;

  /** Steps from now on belong to a new round. */
  Schedule then() {
    open = false;
    return this;
  }

  Schedule send(Lane lane, int peer, Supplier<Cargo> cargo) {
    return add(new Step.Send(lane, peer, cargo));
  }

  /** Sends an empty message: a sign. */
  Schedule signal(Lane lane, int peer) {
    return send(lane, peer, () -> Cargo.NONE);
  }

  /** Receives a message as long as the landing. */
  Schedule receive(Lane lane, int peer, Supplier<Landing> landing) {
    return add(new Step.Receive(lane, peer, landing, false));
  }

  /** Receives a parcel. */
  Schedule receive(Lane lane, int peer, Parcel parcel) {
    return add(new Step.Receive(lane, peer, parcel::landing, !parcel.isWhole()));
  }

  /** Receives a message of any length that the landing takes. */
  Schedule receiveUpTo(Lane lane, int peer, Supplier<Landing> landing) {
    return add(new Step.Receive(lane, peer, landing, true));
  }

  /** Receives a message of any length and lets it go by. */
  Schedule receiveAny(Lane lane, int peer) {
    return add(new Step.Receive(lane, peer, null, true));
  }

  /** Waits for an empty message. */
  Schedule await(Lane lane, int peer) {
    return receive(lane, peer, () -> Landing.NOWHERE);
  }

  /** Waits for all, in the first round. */
  Schedule meet(Lane lane, Runnable otherwise) {
    return then().mayGrow(lane).add(new Step.Meet(lane.rollCall(), otherwise)).then();
  }

  /** A round of work that is done in one go. */
  Schedule work(Runnable action) {
    return turns(() -> {
      action.run();
      return true;
    });
  }

  /** A round of work that is done in turns. */
  Schedule turns(BooleanSupplier turn) {
    then().add(new Step.Work(turn));
    return then();
  }

  private Schedule add(Step step) {
    if (!open) {
      rounds.add(new ArrayList<>());
      open = true;
    }
    rounds.getLast().add(step);
    return this;
  }

  int rounds() {
    return rounds.size();
  }

  /** Says that rounds with any rank of a lane may be added. */
  Schedule mayGrow(Lane lane) {
    later = lane;
    return this;
  }

  /** Whom rounds from this one on send to or receive from, or may. */
  Set<Peer> peersFrom(int index) {
    Set<Peer> peers = new HashSet<>();
    for (int rank = 0; later != null && rank < later.size(); rank++) {
      peers.add(new Peer(later, rank));
    }
    for (List<Step> round : rounds.subList(index, rounds.size())) {
      for (Step step : round) {
        switch (step) {
          case Step.Send send -> peers.add(new Peer(send.lane(), send.peer()));
          case Step.Receive receive -> peers.add(new Peer(receive.lane(), receive.peer()));
          case Step.Meet meet -> { }
          case Step.Work work -> { }
        }
      }
    }
    return peers;
  }

  List<Step> round(int index) {
    if (index == rounds.size() - 1) {
      open = false;
    }
    return rounds.get(index);
  }
}
