package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Ending;
import dev.vertxmpi.runtime.p2p.Header;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Landing;
import dev.vertxmpi.runtime.p2p.Outgoing;
import dev.vertxmpi.runtime.p2p.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A collective that this rank has called: runs its schedule, round by round. */
final class Operation {

  private final CollectiveEngine engine;
  private final CollectiveId id;
  private final Fingerprint print;
  private final Arrivals arrivals;
  private final Schedule schedule;
  private final Ending ending;
  private final Map<Peer, Deque<Step.Receive>> waiting = new HashMap<>();
  /** Few at a time, mostly none or one. */
  private final List<Incoming> receiving = new ArrayList<>(1);
  private final List<Sending> sending = new ArrayList<>(1);
  /** Begun, and what has come is not all yet; the rounds of its messages may be under way. */
  private Step.Meet meeting;
  private boolean speaking;
  private int nextRound;
  private int openSteps;
  private boolean advancing;
  private boolean over;
  private MpiException failure;

  /** A send step under way. */
  private final class Sending implements Ending {
    private Outgoing outgoing;

    @Override
    public void ended(MpiException why) {
      sending.remove(this);
      if (failure != null) {
        settleFailure();
      } else if (why != null) {
        fail(why, true);
      } else {
        stepDone();
      }
    }
  }

  Operation(CollectiveEngine engine, CollectiveId id, Fingerprint print, Arrivals arrivals, Schedule schedule,
      Ending ending) {
    this.engine = engine;
    this.id = id;
    this.print = print;
    this.arrivals = arrivals;
    this.schedule = schedule;
    this.ending = ending;
  }

  /** Those who may still wait for this rank. */
  Set<Peer> remaining() {
    return schedule.peersFrom(Math.max(0, nextRound - 1));
  }

  CollectiveId id() {
    return id;
  }

  Fingerprint print() {
    return print;
  }

  /** Runs rounds until one has to wait. */
  void advance() {
    if (advancing) {
      return;
    }
    advancing = true;
    while (failure == null && !over && openSteps == 0) {
      if (nextRound == schedule.rounds()) {
        complete();
      } else {
        begin(schedule.round(nextRound++));
      }
    }
    advancing = false;
  }

  private void complete() {
    over = true;
    leaveMeeting();
    engine.completed(this);
    ending.ended(null);
  }

  private void begin(List<Step> steps) {
    openSteps = steps.size();
    for (Step step : steps) {
      if (failure == null) {
        try {
          begin(step);
        } catch (RuntimeException e) {
          fail(MpiException.of(e), true);
        }
      }
    }
  }

  private void begin(Step step) {
    switch (step) {
      case Step.Send send -> {
        Cargo cargo = send.cargo().get();
        Header header = id.header(print, cargo.type());
        if (cargo.length() == 0 && send.lane().messages().signalNow(send.peer(), header)) {
          stepDone();
          return;
        }
        Sending state = new Sending();
        sending.add(state);
        state.outgoing = send.lane().messages().send(send.peer(), header, cargo, false, state);
      }
      case Step.Receive receive -> {
        Peer from = new Peer(receive.lane(), receive.peer());
        waiting.computeIfAbsent(from, none -> new ArrayDeque<>(1)).add(receive);
        match(from);
      }
      case Step.Meet meet -> begin(meet);
      case Step.Work work -> turn(work);
    }
  }

  private void begin(Step.Meet meet) {
    meeting = meet;
    if (!arrivals.isEmpty() || !engine.isAlone() || !meet.roll().begin(this)) {
      speak();
    }
  }

  /** All ranks are known to have come, by what they have noted. */
  void allHaveCome() {
    if (speaking) {
      complete();
    } else {
      meeting = null;
      stepDone();
    }
  }

  /** Does the same by messages from now on, and still looks; false where it does already. */
  boolean speak() {
    if (speaking || meeting == null) {
      return false;
    }
    speaking = true;
    meeting.otherwise().run();
    stepDone();
    return true;
  }

  private void leaveMeeting() {
    if (meeting != null) {
      meeting.roll().leave(this);
      meeting = null;
    }
  }

  private void turn(Step.Work work) {
    if (failure != null) {
      return;
    }
    boolean done;
    try {
      done = work.turn().getAsBoolean();
    } catch (RuntimeException e) {
      fail(MpiException.of(e), true);
      return;
    }
    if (done) {
      stepDone();
    } else {
      engine.domain().execute(() -> turn(work));
    }
  }

  private void stepDone() {
    openSteps--;
    advance();
  }

  /** A message from a rank is there, or the rank is gone, or a receive waits for it: brings them together. */
  void match(Peer from) {
    speak();
    Deque<Step.Receive> receives = waiting.get(from);
    while (failure == null && receives != null && !receives.isEmpty()) {
      Incoming message = arrivals.poll(from);
      if (message == null) {
        if (from.lane().messages().isGone(from.rank())) {
          fail(Route.gone(from.rank()), true);
        }
        return;
      }
      take(receives.poll(), message);
    }
  }

  private void take(Step.Receive receive, Incoming message) {
    Fingerprint theirs = new Fingerprint(message.header().check());
    if (!theirs.equals(print)) {
      message.drop();
      fail(engine.mismatch(receive.lane(), message.source(), theirs, print), true);
      return;
    }
    if (receive.landing() == null) {
      message.discard();
      stepDone();
      return;
    }
    Landing landing;
    try {
      landing = receive.landing().get();
      Misfit.check(landing, message.length(), message.header().flags() >>> 8 & 0xff, receive.shorter(),
          receive.lane().name(message.source()));
    } catch (RuntimeException e) {
      message.drop();
      fail(MpiException.of(e).ranks(List.of(message.source())), true);
      return;
    }
    receiving.add(message);
    message.deliver(landing, why -> received(message, why));
  }

  private void received(Incoming message, MpiException why) {
    receiving.remove(message);
    if (failure == null) {
      if (why != null) {
        fail(why, true);
      } else {
        stepDone();
      }
    }
  }

  /**
   * Ends the collective here.
   *
   * @param why the failure
   * @param tell whether the others do not know yet; otherwise only those are told who may still wait for this rank:
   *     who told us may have died before it told them
   */
  void fail(MpiException why, boolean tell) {
    if (over || failure != null) {
      return;
    }
    failure = why;
    leaveMeeting();
    engine.failed(this, why, tell);
    arrivals.dropAll();
    List.copyOf(receiving).forEach(Incoming::abandon);
    for (Sending state : new ArrayList<>(sending)) {
      if (state.outgoing != null) {
        state.outgoing.abandon(why);
      }
    }
    settleFailure();
  }

  /** The call ends when the links have let go of its buffers. */
  private void settleFailure() {
    if (!over && sending.isEmpty()) {
      over = true;
      ending.ended(failure);
    }
  }
}
