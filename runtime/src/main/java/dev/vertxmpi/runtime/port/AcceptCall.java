package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;

/** An accept at the root: between its port, its group and the user's Future. */
final class AcceptCall implements Acceptor {

  private final Connections connections;
  private final Call<Intercommunicator> call;
  private final OpenPort port;
  /** 0 for ever. */
  private final long timeoutMillis;
  private final Leader leader;
  private Peers group;
  private Formation formation;
  private Runnable stopTimer = () -> { };

  AcceptCall(Connections connections, Call<Intercommunicator> call, ContextId meeting, OpenPort port,
      AcceptOptions options) {
    this.connections = connections;
    this.call = call;
    this.port = port;
    this.timeoutMillis = options.getTimeout().isZero() ? 0 : Math.max(1, options.getTimeout().toMillis());
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
    if (timeoutMillis > 0) {
      armTimer(connections.rank());
    }
    port.accept(this);
  }

  private void armTimer(Rank rank) {
    long timer = rank.vertx().setTimer(timeoutMillis, fired -> rank.domain().execute(() -> port.withdraw(this,
        new MpiException(ErrorClass.TIMEOUT, "no client came within " + timeoutMillis + " ms"))));
    stopTimer = () -> rank.vertx().cancelTimer(timer);
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
    stopTimer.run();
    leader.go();
    connections.complete(call, formation);
  }

  @Override
  public void fail(MpiException why) {
    stopTimer.run();
    leader.fail(why);
    call.fail(why);
  }
}
