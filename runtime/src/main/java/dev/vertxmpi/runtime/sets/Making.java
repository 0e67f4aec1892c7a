package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.spi.SetRoll;
import java.util.List;

/** A communicator that is being made, as one rank sees it. All in the domain of the rank. */
abstract class Making {

  private static final ContextId ORIGIN = new ContextId(0, 0);

  /**
   * What is to be made.
   *
   * @param set its URI
   * @param epoch of the snapshot
   * @param context of the call, from which that of the communicator is derived
   * @param companions its members
   */
  record Plan(String set, long epoch, ContextId context, Companions companions) {
  }

  /** The same for the same members, epoch, set and tag, and for no others. */
  static ContextId context(String set, long epoch, List<ProcessId> members, String tag) {
    return ORIGIN.derive("set " + set, epoch).derive("members " + members, members.size()).derive("tag " + tag, 0);
  }

  private final Plan plan;
  private final Desk desk;
  private final Call<Intracommunicator> call;

  Making(Plan plan, Desk desk, Call<Intracommunicator> call) {
    this.plan = plan;
    this.desk = desk;
    this.call = call;
  }

  final Plan plan() {
    return plan;
  }

  final Companions companions() {
    return plan.companions();
  }

  final Desk desk() {
    return desk;
  }

  /** Begins; it may be over when this returns. */
  abstract void start();

  /** The caller no longer wants it, or it can no longer be. */
  final void withdraw(MpiException why) {
    withdraw(why, why);
  }

  /** The same, where the others hear another reason than the caller. */
  abstract void withdraw(MpiException own, MpiException others);

  /** This process is no member any more. */
  final void leave(MpiException own) {
    withdraw(own, failed(companions().rankOf(companions().rank().id()), "has left the set"));
  }

  /** It is over here at once: nobody is left whom one could ask. */
  abstract void abort(MpiException why);

  /** A process is gone for this node. */
  void departed(ProcessId process, String cause) {
    int gone = companions().rankOf(process);
    if (gone >= 0) {
      withdraw(failed(gone, "is gone: " + cause));
    }
  }

  /** The set has changed. */
  final void changed(SetRoll now) {
    MpiException why = missing(companions(), now);
    if (why != null) {
      withdraw(why);
    }
  }

  /** Why a communicator cannot be made while the set is like this; null where it can. */
  static MpiException missing(Companions companions, SetRoll now) {
    for (int of = 0; of < companions.size(); of++) {
      ProcessId process = companions.process(of);
      if (now.find(process).isEmpty()) {
        return failed(of, process, now.hasDied(process) ? "has died" : "has left the set");
      }
    }
    return null;
  }

  final MpiException failed(int of, String what) {
    return failed(of, companions().process(of), what);
  }

  static MpiException failed(int of, ProcessId process, String what) {
    return new MpiException(ErrorClass.PROC_FAILED, "rank " + of + ", the process " + process + ", " + what)
        .ranks(List.of(of));
  }

  /**
   * It exists, everywhere: nothing can stop it any more.
   *
   * @param number of rank 0 for it: another one where the same snapshot and tag are used again, so that what comes for
   *     the new communicator before it is there is not taken for what came too late for the old one
   */
  final void made(long number) {
    desk.over(this);
    call.onWithdraw(tooLate -> { });
    desk.make(plan, plan.context().derive("made", number), call);
  }

  /** It exists nowhere. */
  final void fail(MpiException why) {
    desk.over(this);
    call.fail(why);
  }
}
