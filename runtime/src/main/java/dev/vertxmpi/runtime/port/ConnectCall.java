package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;

/** A connect at the root: between the server, its group, its deadline and the user's Future. */
final class ConnectCall implements Dialling.Listener {

  private final Connections connections;
  private final Call<Intercommunicator> call;
  private final Port port;
  private final long timeoutMillis;
  private final Leader leader;
  private Dialling dialling;
  private Formation formation;
  private long timer;

  ConnectCall(Connections connections, Call<Intercommunicator> call, ContextId meeting, Port port,
      ConnectOptions options) {
    this.connections = connections;
    this.call = call;
    this.port = port;
    this.timeoutMillis = Math.max(1, options.getTimeout().toMillis());
    this.leader = new Leader(connections.rank(), connections.members(), meeting, this::withdraw);
  }

  void start() {
    Rank rank = connections.rank();
    Members members = connections.members();
    timer = rank.vertx().setTimer(timeoutMillis, fired -> rank.domain().execute(() -> withdraw(new MpiException(
        ErrorClass.PORT, "the port is not served: the connect was not accepted within " + timeoutMillis + " ms"))));
    call.onWithdraw(this::withdraw);
    try {
      dialling = new Dialling(rank, port, Peers.of(rank.node(), members.group(), members.rank()), this);
      dialling.start();
    } catch (MpiException e) {
      fail(e);
    }
  }

  private void withdraw(MpiException why) {
    dialling.withdraw(why);
  }

  @Override
  public void form(Formation next) {
    formation = next;
    leader.form(next, dialling::confirm);
  }

  @Override
  public void back() {
    leader.back();
  }

  @Override
  public void go() {
    connections.rank().vertx().cancelTimer(timer);
    leader.go();
    connections.complete(call, formation);
  }

  @Override
  public void fail(MpiException why) {
    connections.rank().vertx().cancelTimer(timer);
    leader.fail(why);
    call.fail(why);
  }
}
