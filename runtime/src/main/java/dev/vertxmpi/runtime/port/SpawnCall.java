package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.SpawnOptions;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SpawnedJob;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;

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
final class SpawnCall implements Acceptor {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connections connections;
  private final Call<Intercommunicator> call;
  private final List<SpawnOptions> programs;
  private final Rank rank;
  private final Leader leader;
  private final OpenPort port;
  private final Door door;
  private Peers group;
  private Future<SpawnedJob> children = Future.failedFuture("nothing was started");
  private Formation formation;
  private long timer;

  SpawnCall(Connections connections, Call<Intercommunicator> call, ContextId meeting,
      List<SpawnOptions> programs) {
    this.connections = connections;
    this.call = call;
    this.programs = programs;
    this.rank = connections.rank();
    byte[] key = new byte[Port.KEY_LENGTH];
    RANDOM.nextBytes(key);
    this.port = new OpenPort(rank, new Port(UUID.randomUUID(), rank.id(), rank.node().address(), key), 1);
    this.door = Door.of(rank);
    this.leader = new Leader(rank, connections.members(), meeting, this::withdraw);
  }

  void start() {
    door.add(port);
    call.onWithdraw(this::withdraw);
    port.accept(this);
    try {
      group = Peers.of(rank.node(), connections.members().group(), connections.members().rank());
      group.mustFit();
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
    Placement.check(rank.vertx(), programs).compose(fits -> rank.spawner().start(programs, port.port()))
        .onComplete(started);
  }

  private void withdrawSoon(MpiException why) {
    rank.domain().execute(() -> withdraw(why));
  }

  private void withdraw(MpiException why) {
    port.withdraw(this, why);
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
    closePort();
    children.onSuccess(SpawnedJob::adopted);
    connections.complete(call, formation);
  }

  @Override
  public void fail(MpiException why) {
    closePort();
    // Who asks again must not meet what is left of these.
    children.compose(SpawnedJob::end).onComplete(gone -> rank.domain().execute(() -> {
      leader.fail(why);
      call.fail(why);
    }));
  }

  private void closePort() {
    rank.vertx().cancelTimer(timer);
    var _ = port.close(OpenPort.CLOSED);
    door.remove(port);
    port.forget();
  }
}
