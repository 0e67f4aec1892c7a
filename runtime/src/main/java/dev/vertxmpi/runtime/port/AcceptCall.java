package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;

/** An accept of the user at the root: between its port, its group, its deadline and the user's Future. */
final class AcceptCall extends LedAccept {

  private final Rank rank;
  private final Call<Intercommunicator> call;
  /** 0 for ever. */
  private final long timeoutMillis;
  private Runnable stopTimer = () -> { };

  AcceptCall(Connections connections, Call<Intercommunicator> call, ContextId meeting, OpenPort port,
      AcceptOptions options) {
    super(connections, call, meeting, port);
    this.rank = connections.rank();
    this.call = call;
    this.timeoutMillis = options.getTimeout().isZero() ? 0 : Math.max(1, options.getTimeout().toMillis());
  }

  void start() {
    try {
      gather();
    } catch (MpiException e) {
      fail(e);
      return;
    }
    call.onWithdraw(this::withdraw);
    if (timeoutMillis > 0) {
      armTimer();
    }
    port().accept(this);
  }

  private void armTimer() {
    long timer = rank.vertx().setTimer(timeoutMillis, fired -> rank.domain().execute(() -> withdraw(
        new MpiException(ErrorClass.TIMEOUT, "no client came within " + timeoutMillis + " ms"))));
    stopTimer = () -> rank.vertx().cancelTimer(timer);
  }

  @Override
  public void go() {
    stopTimer.run();
    super.go();
  }

  @Override
  public void fail(MpiException why) {
    stopTimer.run();
    super.fail(why);
  }
}
