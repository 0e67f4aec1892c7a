package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceptorStreamTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());

  private final Vertx one = Vertx.vertx();
  private final Vertx other = Vertx.vertx();
  private final Queue<Intercommunicator> accepted = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    await(one.close());
    await(other.close());
  }

  /** The end of a stream: succeeds without a failure, else fails with it. */
  private static Future<Void> end(ReadStream<Intercommunicator> stream) {
    Promise<Void> promise = Promise.promise();
    stream.exceptionHandler(promise::tryFail);
    stream.endHandler(over -> promise.tryComplete());
    return promise.future();
  }

  private static void goodbye(Intercommunicator server, Intercommunicator client) {
    Future<Void> end = server.disconnect();
    await(client.disconnect());
    await(end);
  }

  @Test
  void shouldAcceptOneClientAfterAnotherUntilThePortCloses() {
    Mpi server = await(Mpi.init(one, TCP));
    Mpi client = await(Mpi.init(other, TCP));
    Port port = await(server.openPort(new PortOptions()));
    ReadStream<Intercommunicator> stream = server.world().acceptor(port);
    Future<Void> end = end(stream);
    stream.handler(accepted::add);
    for (int i = 0; i < 5; i++) {
      Intercommunicator there = await(client.self().connect(port));
      await().until(() -> !accepted.isEmpty());
      Intercommunicator here = accepted.remove();
      await(there.send(i, 0, 0));
      assertEquals(i, await(here.recv(Integer.class, 0, 0)).body());
      goodbye(here, there);
    }
    assertFalse(end.isComplete());
    await(server.closePort(port));
    await(end);
  }

  @Test
  void shouldAcceptNoMoreThanIsAskedFor() {
    Mpi server = await(Mpi.init(one, TCP));
    Mpi client = await(Mpi.init(other, TCP));
    Port port = await(server.openPort(new PortOptions()));
    ReadStream<Intercommunicator> stream = server.world().acceptor(port).pause();
    stream.handler(accepted::add);
    List<Future<Intercommunicator>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(client.self().connect(port));
    }
    for (int asked = 1; asked <= 3; asked++) {
      stream.fetch(1);
      int sofar = asked;
      await().until(() -> accepted.size() == sofar && clients.stream().filter(Future::isComplete).count() == sofar);
    }
    assertFalse(clients.get(3).isComplete(), "the queue of the port holds it");
    stream.resume();
    clients.forEach(connect -> await(connect));
    await().until(() -> accepted.size() == 4);
  }

  @Test
  void shouldEndWithItsCommunicatorButLeaveThePort() {
    Mpi server = await(Mpi.init(one, TCP));
    Port port = await(server.openPort(new PortOptions()));
    Intracommunicator comm = await(server.world().dup());
    ReadStream<Intercommunicator> stream = comm.acceptor(port);
    Future<Void> end = end(stream);
    stream.handler(accepted::add);
    await(comm.free());
    await(end);
    Future<Intercommunicator> accept = server.world().accept(port);
    Future<Intercommunicator> connect = server.self().connect(port);
    goodbye(await(accept), await(connect));
  }

  @Test
  void shouldEndWhenItsRankCloses() {
    Mpi server = await(Mpi.init(one, TCP));
    Port port = await(server.openPort(new PortOptions()));
    ReadStream<Intercommunicator> stream = server.world().acceptor(port);
    stream.handler(accepted::add);
    await(server.close());
    await(end(stream));
    await(end(server.world().acceptor(port)));
  }

  @Test
  void shouldReportAPortOfSomebodyElse() {
    Mpi server = await(Mpi.init(one, TCP));
    Mpi stranger = await(Mpi.init(other, TCP));
    Port port = await(stranger.openPort(new PortOptions()));
    ReadStream<Intercommunicator> stream = server.world().acceptor(port);
    Promise<Void> over = Promise.promise();
    Promise<Throwable> failure = Promise.promise();
    stream.exceptionHandler(failure::complete).endHandler(over::complete).handler(accepted::add);
    await(over.future());
    assertEquals(ErrorClass.PORT, assertInstanceOf(MpiException.class, await(failure.future())).errorClass());
  }

  @Test
  void shouldGoOnAfterAHandlerThatThrows() {
    Mpi server = await(Mpi.init(one, TCP));
    Port port = await(server.openPort(new PortOptions()));
    AtomicInteger calls = new AtomicInteger();
    one.exceptionHandler(thrown -> { });
    server.world().acceptor(port).handler(connection -> {
      accepted.add(connection);
      if (calls.getAndIncrement() == 0) {
        throw new IllegalStateException("on purpose");
      }
    });
    await(server.self().connect(port));
    await(server.self().connect(port));
    await().until(() -> accepted.size() == 2);
  }

  @Test
  void shouldServeAGroupBesideItsOtherCollectives() {
    Promise<Port> opened = Promise.promise();
    AtomicInteger ends = new AtomicInteger();
    Future<List<Integer>> job = MpiJob.run(one, new JobOptions().setRanks(3).setMpi(TCP), mpi -> {
      Future<Port> port = mpi.rank() == 1 ? mpi.openPort(new PortOptions()) : Future.succeededFuture();
      return port.compose(mine -> serve(mpi, mine, opened, ends));
    });
    Mpi client = await(Mpi.init(other, TCP));
    Port port = await(opened.future());
    for (int i = 0; i < 4; i++) {
      Intercommunicator connection = await(client.self().connect(port));
      assertEquals(3, connection.remoteSize());
      await(connection.disconnect());
    }
    assertEquals(List.of(4, 4, 4), await(job));
    assertEquals(3, ends.get());
  }

  private static Future<Integer> serve(Mpi mpi, Port port, Promise<Port> opened, AtomicInteger ends) {
    AtomicInteger served = new AtomicInteger();
    Promise<Void> enough = Promise.promise();
    ReadStream<Intercommunicator> stream = mpi.world().acceptor(port, Root.rank(1));
    Future<Void> end = end(stream).onSuccess(over -> ends.incrementAndGet());
    stream.handler(connection -> connection.disconnect().onComplete(over -> {
      if (served.incrementAndGet() == 4) {
        enough.complete();
      }
    }));
    if (port != null) {
      opened.complete(port);
    }
    Future<Void> others = Future.succeededFuture();
    for (int i = 0; i < 20; i++) {
      others = others.compose(done -> mpi.world().barrier());
    }
    return Future.join(others, enough.future())
        .compose(done -> port == null ? Future.succeededFuture() : mpi.closePort(port))
        .compose(closed -> end).compose(over -> mpi.world().barrier()).map(done -> served.get());
  }

  @Test
  void shouldEndAtAllRanksWhenOneCancels() {
    CancelScope scope = new CancelScope();
    List<Integer> all = await(MpiJob.run(one, new JobOptions().setRanks(3).setMpi(TCP), mpi ->
        (mpi.rank() == 0 ? mpi.openPort(new PortOptions()) : Future.<Port>succeededFuture()).compose(port -> {
          ReadStream<Intercommunicator> stream = mpi.world()
              .with(mpi.rank() == 2 ? new CallOptions().setCancel(scope) : new CallOptions()).acceptor(port);
          stream.handler(accepted::add);
          return mpi.world().barrier().onSuccess(begun -> scope.cancel()).compose(begun -> end(stream))
              .map(over -> mpi.rank());
        })));
    assertEquals(List.of(0, 1, 2), all);
  }
}
