package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/**
 * A spawn at the root: an accept on a port that only the children know.
 *
 * <pre>
 *   open a port ---> start the children with it ---> they connect ---> close it: they are on their own
 *                          |                            |
 *                          '--- one is lost, or time is up: the others end, then the call fails everywhere
 * </pre>
 *
 * <p>All in the domain of the rank.
 */
final class SpawnCall extends LedAccept {

  private final Call<Intercommunicator> call;
  private final List<SpawnOptions> programs;
  private final Rank rank;
  private final Door door;
  private Future<SpawnedJob> children = Future.failedFuture("nothing was started");
  private long timer;

  SpawnCall(Connections connections, Call<Intercommunicator> call, ContextId meeting,
      List<SpawnOptions> programs) {
    super(connections, call, meeting, OpenPort.at(connections.rank(), connections.rank().node().address(), 1));
    this.call = call;
    this.programs = programs;
    this.rank = connections.rank();
    this.door = Door.of(rank);
  }

  void start() {
    door.add(port());
    call.onWithdraw(this::withdraw);
    port().accept(this);
    try {
      gather();
    } catch (MpiException e) {
      withdraw(e);
      return;
    }
    long millis = rank.options().getInitTimeout().toMillis();
    timer = rank.vertx().setTimer(millis, late -> withdrawSoon(new MpiException(ErrorClass.SPAWN,
        "the children have not connected within " + millis + " ms: does each call Mpi.init?")));
    Promise<SpawnedJob> started = Promise.promise();
    children = started.future();
    children.onSuccess(job -> job.lost().onFailure(why -> withdrawSoon(MpiException.of(why))))
        .onFailure(why -> withdrawSoon(MpiException.of(why)));
    Placement.check(rank.vertx(), programs).compose(fits -> rank.spawner().start(programs, port().port()))
        .onComplete(started);
  }

  private void withdrawSoon(MpiException why) {
    rank.domain().execute(() -> withdraw(why));
  }

  @Override
  public void go() {
    closePort();
    children.onSuccess(SpawnedJob::adopted);
    super.go();
  }

  @Override
  public void fail(MpiException why) {
    closePort();
    // Who asks again must not meet what is left of these.
    children.compose(SpawnedJob::end).onComplete(gone -> rank.domain().execute(() -> super.fail(why)));
  }

  private void closePort() {
    rank.vertx().cancelTimer(timer);
    var _ = port().close(OpenPort.CLOSED);
    door.remove(port());
    port().forget();
  }
}
