package dev.vertxmpi.runtime.port;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.call.Call;

/** An accept at the root that keeps its group in step. A subclass says when it begins and how it ends. */
abstract class LedAccept implements Acceptor {

  private final Connections connections;
  private final Call<Intercommunicator> call;
  private final OpenPort port;
  private final Leader leader;
  private Peers group;
  private Formation formation;

  /** Leads from now on: a rank of the group that cannot go on withdraws it from its port. */
  LedAccept(Connections connections, Call<Intercommunicator> call, ContextId meeting, OpenPort port) {
    this.connections = connections;
    this.call = call;
    this.port = port;
    this.leader = new Leader(connections.rank(), connections.members(), meeting, this::withdraw);
  }

  final OpenPort port() {
    return port;
  }

  /** Collects where the group is. Throws where it does not fit into a frame. */
  final void gather() {
    group = Peers.of(connections.rank().node(), connections.members().group(), connections.members().rank());
    group.mustFit();
  }

  /** Goes, with {@link #fail}, unless the connection exists. */
  final void withdraw(MpiException why) {
    port.withdraw(this, why);
  }

  @Override
  public final Peers group() {
    return group;
  }

  @Override
  public final void form(Formation next) {
    formation = next;
    leader.form(next, () -> port.registered(this));
  }

  @Override
  public final void back() {
    leader.back();
  }

  @Override
  public void go() {
    leader.go();
    connections.complete(call, formation);
  }

  @Override
  public void fail(MpiException why) {
    leader.fail(why);
    call.fail(why);
  }
}
