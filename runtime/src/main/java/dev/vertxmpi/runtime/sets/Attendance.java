package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.spi.link.NodeId;
import java.util.List;

/**
 * At any rank but 0: says that it is here, and does what rank 0 decides.
 *
 * <pre>
 *   waiting --- GO ---> made
 *      |  '--- FAIL, or rank 0 is gone ---> failed
 *      |                                     ^
 *      '--- gives up ---> asking ------------'    or made, because GO was on its way
 * </pre>
 */
final class Attendance extends Making {

  private final long number;
  /** Why the caller no longer wants it; null while it does. */
  private MpiException early;
  private long grace = -1;
  private boolean over;

  Attendance(Plan plan, Desk desk, Call<Intracommunicator> call, long number) {
    super(plan, desk, call);
    this.number = number;
  }

  private Node node() {
    return companions().rank().node();
  }

  private ProcessId leader() {
    return companions().process(0);
  }

  long number() {
    return number;
  }

  @Override
  void start() {
    companions().meet(0);
    tell(SetKind.HERE, Word.here(companions().rank().id(), plan().set(), node().address()));
  }

  private void tell(byte kind, Word word) {
    desk().send(kind, leader(), plan().context(), plan().epoch(), number, word).onFailure(cause ->
        desk().domain().execute(() -> departed(leader(), MpiException.of(cause).reason())));
  }

  /** Whether rank 0 lives at a node, so that it may speak from there. */
  boolean hears(NodeId from) {
    return node().livesAt(leader(), from);
  }

  @Override
  void departed(ProcessId process, String cause) {
    if (process.equals(leader())) {
      abort(early != null ? early : failed(0, "is gone: " + cause));
    } else {
      super.departed(process, cause);
    }
  }

  /** The communicator may exist by now, so rank 0 has the last word, unless it cannot have heard of us. */
  @Override
  void withdraw(MpiException own, MpiException others) {
    if (over || early != null) {
      return;
    }
    early = own;
    NodeId there = companions().members().getFirst().place().id();
    if (companions().isForeign(0) && node().abandon(there, Nodes.invitation(there))) {
      abort(own.errorClass() != ErrorClass.TIMEOUT ? own
          : new MpiException(ErrorClass.TIMEOUT, own.reason() + ", and rank 0 (" + leader() + ") cannot be reached")
              .ranks(List.of(0)));
    } else {
      tell(SetKind.LEAVE, Word.leave(companions().rank().id(), others));
      // Rank 0 may be stopped: that is no death, and would keep us for ever.
      grace = companions().rank().vertx().setTimer(Math.max(1, companions().rank().options().getFailureTimeout()
          .toMillis()), silent -> desk().domain().execute(() -> abort(own)));
    }
  }

  void onGo(long communicator) {
    if (end()) {
      made(communicator);
      // Only now: the communicator has added its own use of the key.
      companions().forget(0);
    }
  }

  /** Rank 0 knows better who is missing. */
  void onFail(MpiException why) {
    abort(early == null || early.errorClass() == ErrorClass.TIMEOUT ? why : early);
  }

  @Override
  void abort(MpiException why) {
    if (end()) {
      companions().forget(0);
      fail(why);
    }
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    if (grace >= 0) {
      companions().rank().vertx().cancelTimer(grace);
    }
    return first;
  }
}
