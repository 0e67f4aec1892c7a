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
import java.util.function.Consumer;

/**
 * A rank of a connecting group that is not its root. Does what {@link Leader} says.
 *
 * <pre>
 *   waiting --FORM--> registered --GO--> (the connection exists)
 *      ^                  |
 *      '------ BACK ------'         FAIL, or the root is gone: over, from both
 * </pre>
 *
 * <p>A rank that gives up tells the root. While it is registered it then waits for the answer, because the connection
 * may exist already.
 *
 * <p>Confined to the domain of the rank.
 */
final class Follower implements Endpoint {

  private final Rank rank;
  private final Members members;
  private final ContextId meeting;
  private final int root;
  private final Consumer<Formation> onGo;
  private final Consumer<MpiException> onFail;
  private final Runnable unwatch;
  private Formation formation;
  private boolean over;

  Follower(Rank rank, Members members, ContextId meeting, int root, Consumer<Formation> onGo,
      Consumer<MpiException> onFail) {
    this.rank = rank;
    this.members = members;
    this.meeting = meeting;
    this.root = root;
    this.onGo = onGo;
    this.onFail = onFail;
    rank.node().bind(this.meeting, members.rank(), this);
    this.unwatch = rank.node().watch(departure -> domain().execute(() -> onDeparture(departure)));
  }

  private ProcessId leader() {
    return members.process(root);
  }

  @Override
  public ProgressDomain domain() {
    return rank.domain();
  }

  /** The caller no longer wants it. */
  void withdraw(MpiException why) {
    if (!over) {
      tell(PortKind.LEAVE, 0, new WireWriter().error(why));
      if (formation == null) {
        fail(why);
      }
    }
  }

  private void tell(byte kind, long form, WireWriter body) {
    Post.send(rank.node(), leader(), kind, meeting, members.rank(), root, form, body)
        .onFailure(cause -> domain().execute(() -> fail(MpiException.of(cause))));
  }

  private void onDeparture(Departure departure) {
    if (departure.process().equals(leader())) {
      fail(new MpiException(ErrorClass.PROC_FAILED, "the root, rank " + root + ", is gone: " + departure.cause()));
    }
  }

  private void fail(MpiException why) {
    if (!over) {
      back();
      end();
      onFail.accept(why);
    }
  }

  private void back() {
    if (formation != null) {
      formation.forget(rank.node());
      formation = null;
    }
  }

  private void end() {
    over = true;
    unwatch.run();
    rank.node().unbind(meeting, members.rank());
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    byte kind = frame.envelope().kind();
    long form = frame.envelope().sequence();
    WireReader in = WireReader.of(frame);
    if (rank.node().whereIs(leader()).filter(place -> place.id().equals(from)).isEmpty()) {
      return;
    }
    try {
      switch (kind) {
        case PortKind.FORM -> form(form, Formation.read(in));
        case PortKind.BACK -> back();
        case PortKind.GO -> go();
        case PortKind.FAIL -> fail(in.error());
        default -> { }
      }
    } catch (MpiException e) {
      withdraw(e);
    }
  }

  private void form(long form, Formation next) {
    next.register(rank.node(), rank.id().job());
    formation = next;
    tell(PortKind.REGISTERED, form, new WireWriter());
  }

  private void go() {
    Formation made = formation;
    if (made != null) {
      end();
      onGo.accept(made);
    }
  }
}
