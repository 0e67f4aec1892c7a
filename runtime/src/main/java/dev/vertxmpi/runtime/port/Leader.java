package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Keeps the ranks of a group in step while it connects: the root's end of {@link Follower}. Frames go at
 * {@code (meeting, rank)}, where the meeting is a context of its own, derived from the
 * number of the call.
 *
 * <p>Confined to the domain of the rank.
 */
final class Leader implements Endpoint {

  private final Rank rank;
  private final Members members;
  private final ContextId meeting;
  private final Consumer<MpiException> onLeave;
  private final Runnable unwatch;
  private final BitSet missing = new BitSet();
  private Runnable whenRegistered;
  private Formation formation;
  /** Counts forms, so that a late answer is not taken for one to the next. */
  private long form;
  private boolean over;

  /** Begins; {@code onLeave} hears of a rank that cannot go on, and is to end the call. */
  Leader(Rank rank, Members members, ContextId meeting, Consumer<MpiException> onLeave) {
    this.rank = rank;
    this.members = members;
    this.meeting = meeting;
    this.onLeave = onLeave;
    rank.node().bind(this.meeting, members.rank(), this);
    this.unwatch = rank.node().watch(departure -> domain().execute(() -> onDeparture(departure)));
  }

  @Override
  public ProgressDomain domain() {
    return rank.domain();
  }

  /** Makes all ranks know the other group; then runs the action. Throws where that group contradicts what we know. */
  void form(Formation next, Runnable then) {
    WireWriter body = next.write();
    next.register(rank.node(), rank.id().job());
    formation = next;
    form++;
    whenRegistered = then;
    missing.clear();
    missing.set(0, members.size());
    missing.clear(members.rank());
    tellAll(PortKind.FORM, body);
    if (missing.isEmpty()) {
      then.run();
    }
  }

  /** Undoes {@link #form}; another one may follow. */
  void back() {
    if (formation != null) {
      formation.forget(rank.node());
      formation = null;
      tellAll(PortKind.BACK, new WireWriter());
    }
  }

  /** The connection exists. */
  void go() {
    tellAll(PortKind.GO, new WireWriter());
    end();
  }

  /** The call is over. */
  void fail(MpiException why) {
    if (!over) {
      if (formation != null) {
        formation.forget(rank.node());
        formation = null;
      }
      tellAll(PortKind.FAIL, new WireWriter().error(why));
      end();
    }
  }

  private void end() {
    over = true;
    unwatch.run();
    rank.node().unbind(meeting, members.rank());
  }

  private void tellAll(byte kind, WireWriter body) {
    for (int to = 0; to < members.size(); to++) {
      if (to != members.rank()) {
        Post.send(rank.node(), members.process(to), kind, meeting, members.rank(), to, form, body)
            .onFailure(cause -> domain().execute(() -> leave(MpiException.of(cause))));
      }
    }
  }

  private void onDeparture(Departure departure) {
    int gone = members.group().rankOf(departure.process());
    if (gone >= 0) {
      leave(new MpiException(ErrorClass.PROC_FAILED, "rank " + gone + " of the group is gone: " + departure.cause()));
    }
  }

  private void leave(MpiException why) {
    if (!over) {
      onLeave.accept(why);
    }
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    int source = frame.envelope().source();
    byte kind = frame.envelope().kind();
    long which = frame.envelope().sequence();
    WireReader in = WireReader.of(frame);
    if (source < 0 || source >= members.size() || !livesAt(members.process(source), from)) {
      return;
    }
    try {
      if (kind == PortKind.LEAVE) {
        leave(in.error());
      } else if (kind == PortKind.REGISTERED && which == form && formation != null && missing.get(source)) {
        missing.clear(source);
        if (missing.isEmpty()) {
          whenRegistered.run();
        }
      }
    } catch (MpiException malformed) {
      leave(malformed);
    }
  }

  private boolean livesAt(ProcessId process, NodeId node) {
    return rank.node().whereIs(process).filter(place -> place.id().equals(node)).isPresent();
  }
}
