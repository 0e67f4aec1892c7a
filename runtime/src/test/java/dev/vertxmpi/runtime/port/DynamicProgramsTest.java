package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.AcceptOptions;
import dev.vertxmpi.names.ConnectOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.Group;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the dynamic-process programs of other MPI implementations check, where it needs neither spawn nor names: written
 * anew, as jobs of a few ranks that hand each other the port.
 */
class DynamicProgramsTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private <T> List<T> run(int ranks, Function<Mpi, Future<T>> body) {
    return await(MpiJob.run(vertx, new JobOptions().setRanks(ranks).setMpi(TCP), body));
  }

  /** Rank 0 opens ports; all ranks know them. */
  private static Future<List<Port>> ports(Mpi mpi, int count) {
    Future<String> names = mpi.rank() > 0 ? Future.succeededFuture() : Future.join(IntStream.range(0, count)
        .mapToObj(i -> mpi.openPort(new PortOptions())).toList())
        .map(all -> String.join("\n", all.<Port>list().stream().map(Port::name).toList()));
    return names.compose(text -> mpi.world().bcast(String.class, text, Root.rank(0)))
        .map(text -> text.lines().map(Port::parse).toList());
  }

  private static Future<Void> talk(Intercommunicator connection, int value) {
    return connection.allreduce(value, Op.SUM).compose(sum -> connection.send(value, 0, 1))
        .compose(sent -> connection.recv(Integer.class, 0, 1)).compose(got -> connection.disconnect());
  }

  private static Future<Void> times(int count, Function<Integer, Future<Void>> body) {
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < count; i++) {
      int round = i;
      all = all.compose(done -> body.apply(round));
    }
    return all;
  }

  /** Two ranks, each alone. */
  @Test
  void shouldConnectSelfToSelf() {
    run(2, mpi -> ports(mpi, 1).compose(ports -> mpi.rank() == 0 ? mpi.self().accept(ports.getFirst())
        : mpi.self().connect(ports.getFirst())).map(check((Intercommunicator connection) -> {
          assertEquals(1, connection.size());
          assertEquals(1, connection.remoteSize());
        })).compose(connection -> talk(connection, mpi.rank())));
  }

  /** The client comes before the server accepts, and after. */
  @Test
  void shouldConnectInEitherOrder() {
    run(2, mpi -> ports(mpi, 1).compose(ports -> times(2, late -> {
      Future<Void> turn = mpi.rank() == late ? mpi.vertx().timer(100).mapEmpty() : Future.succeededFuture();
      return turn.compose(now -> mpi.rank() == 0 ? mpi.self().accept(ports.getFirst())
          : mpi.self().connect(ports.getFirst())).compose(connection -> talk(connection, 1));
    })));
  }

  /** Each of three servers' ports gets its own client, in whatever order they come. */
  @Test
  void shouldMatchAcceptsWithTheirPorts() {
    for (int first = 1; first <= 3; first++) {
      int early = first;
      run(4, mpi -> ports(mpi, 3).compose(ports -> mpi.rank() == 0
          ? Future.join(IntStream.range(0, 3).mapToObj(i -> mpi.self().accept(ports.get(i))
              .compose(client -> client.recv(Integer.class, 0, 0).map(check(got -> assertEquals(i + 1, got.body())))
                  .compose(got -> client.disconnect()))).toList()).<Void>mapEmpty()
          : mpi.vertx().timer(mpi.rank() == early ? 1 : 80)
              .compose(now -> mpi.self().connect(ports.get(mpi.rank() - 1)))
              .compose(server -> server.send(mpi.rank(), 0, 0).compose(sent -> server.disconnect()))));
    }
  }

  /** Three ranks: two together meet the third, again and again on one port. */
  @Test
  void shouldDisconnectAndConnectAgain() {
    run(3, mpi -> ports(mpi, 1).compose(ports -> mpi.rank() < 2
        ? mpi.world().create(new Group(mpi.world().group().members().subList(0, 2)), "servers")
            .compose(pair -> times(50, round -> pair.accept(ports.getFirst())
                .compose(client -> client.allreduce(1, Op.SUM).map(check(sum -> assertEquals(1, sum)))
                    .compose(sum -> client.disconnect()))))
        : times(50, round -> mpi.self().connect(ports.getFirst())
            .compose(servers -> servers.allreduce(1, Op.SUM).map(check(sum -> assertEquals(2, sum)))
                .compose(sum -> servers.disconnect())))));
  }

  /** The world parts into even and odd ranks, which connect to each other in turns. */
  @Test
  void shouldConnectEvenAndOddRanks() {
    run(5, mpi -> ports(mpi, 1).compose(ports -> half(mpi, mpi.rank() % 2).compose(half -> times(20, round ->
        (mpi.rank() % 2 == 0 ? half.accept(ports.getFirst()) : half.connect(ports.getFirst()))
            .map(check((Intercommunicator other) -> assertEquals(5, other.size() + other.remoteSize())))
            .compose(other -> other.barrier().compose(met -> other.disconnect()))))));
  }

  private static Future<Intracommunicator> half(Mpi mpi, int parity) {
    return mpi.world().create(new Group(IntStream.range(0, mpi.size()).filter(rank -> rank % 2 == parity)
        .mapToObj(mpi.world().group()::get).toList()), "parity " + parity);
  }

  /** Nobody accepts: the info key counts, at every rank of the client. */
  @Test
  void shouldHonourTheTimeoutOfTheInfo() {
    ConnectOptions second = new ConnectOptions().setInfo(Map.of("timeout", "1"));
    List<ErrorClass> failures = run(3, mpi -> ports(mpi, 1).compose(ports -> mpi.world()
        .connect(ports.getFirst(), second, Root.rank(0)).map(ErrorClass.OTHER)
        .otherwise(cause -> MpiException.of(cause).errorClass())));
    assertEquals(List.of(ErrorClass.PORT, ErrorClass.PORT, ErrorClass.PORT), failures);
  }

  /** One accept too few, or one connect too few: exactly one call fails. */
  @Test
  void shouldFailExactlyOneOfAMismatch() {
    for (int servers = 2; servers <= 3; servers++) {
      int accepts = servers;
      AcceptOptions accept = new AcceptOptions().setTimeout(Duration.ofMillis(1500));
      ConnectOptions connect = new ConnectOptions().setTimeout(Duration.ofMillis(1500));
      List<List<ErrorClass>> failures = run(5, mpi -> ports(mpi, 1).compose(ports -> {
        List<Future<Intercommunicator>> calls = new ArrayList<>();
        if (mpi.rank() == 0) {
          IntStream.range(0, accepts).forEach(i ->
              calls.add(mpi.self().accept(ports.getFirst(), accept, Root.rank(0))));
        } else if (mpi.rank() <= 5 - accepts) {
          calls.add(mpi.self().connect(ports.getFirst(), connect, Root.rank(0)));
        }
        return Future.join(calls).transform(all -> Future.join(calls.stream().filter(Future::succeeded)
            .map(call -> call.result().disconnect()).toList()))
            .map(done -> calls.stream().filter(Future::failed)
                .map(call -> MpiException.of(call.cause()).errorClass()).toList());
      }));
      List<ErrorClass> all = failures.stream().flatMap(List::stream).toList();
      assertEquals(List.of(accepts == 2 ? ErrorClass.PORT : ErrorClass.TIMEOUT), all);
    }
  }

  /** The server does not care who of its clients leaves when. */
  @Test
  void shouldDisconnectClientsInAnyOrder() {
    run(4, mpi -> ports(mpi, 1).compose(ports -> mpi.rank() > 0
        ? mpi.self().connect(ports.getFirst()).compose(server -> server.recv(Integer.class, 0, 0)
            .compose(told -> server.disconnect()))
        : Future.join(IntStream.range(0, 3).mapToObj(i -> mpi.self().accept(ports.getFirst())).toList())
            .compose(all -> leaveInTurn(all.list()))));
  }

  private static Future<Void> leaveInTurn(List<Intercommunicator> clients) {
    List<Intercommunicator> order = new ArrayList<>(clients);
    Collections.reverse(order);
    return times(order.size(), i -> order.get(i).send(i, 0, 0).compose(sent -> order.get(i).disconnect()));
  }

  /** A bogus port fails and leaves no communicator, and the next connect works. */
  @Test
  void shouldReturnNothingForABadPort() {
    run(2, mpi -> ports(mpi, 1).compose(ports -> {
      Port good = ports.getFirst();
      Port bad = new Port(UUID.randomUUID(), good.owner(), good.address(), good.key());
      return mpi.world().connect(bad).transform(outcome -> {
        assertTrue(outcome.failed() && MpiException.of(outcome.cause()).errorClass() == ErrorClass.PORT);
        return mpi.rank() == 0 ? mpi.self().accept(good) : mpi.self().connect(good);
      }).compose(connection -> talk(connection, 1));
    }));
  }
}
