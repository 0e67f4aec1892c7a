package dev.vertxmpi.runtime.port;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;
import java.util.UUID;

/** An accept at the root: between its port, its group and the user's Future. */
final class AcceptCall implements Acceptor {

  private final Connections connections;
  private final Call<Intercommunicator> call;
  private final OpenPort port;
  private final Leader leader;
  private Peers group;
  private Formation formation;

  AcceptCall(Connections connections, Call<Intercommunicator> call, UUID meeting, OpenPort port) {
    this.connections = connections;
    this.call = call;
    this.port = port;
    this.leader = new Leader(connections.rank(), connections.members(), meeting, why -> port.withdraw(this, why));
  }

  void start() {
    try {
      group = Peers.of(connections.rank().node(), connections.members().group(), connections.members().rank());
      group.mustFit();
    } catch (MpiException e) {
      fail(e);
      return;
    }
    call.onWithdraw(why -> port.withdraw(this, why));
    port.accept(this);
  }

  @Override
  public Peers group() {
    return group;
  }

  @Override
  public void form(Formation next) {
    formation = next;
    leader.form(next, () -> port.registered(this));
  }

  @Override
  public void back() {
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
