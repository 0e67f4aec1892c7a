package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ports, names and connections as a program sees them. */
class MpiPortsTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());

  private final Vertx one = Vertx.vertx();
  private final Vertx other = Vertx.vertx();

  @AfterEach
  void close() {
    await(one.close());
    await(other.close());
  }

  @Test
  void shouldConnectTwoProgramsByALineOfText() {
    Mpi server = await(Mpi.init(one, TCP));
    Mpi client = await(Mpi.init(other, TCP));
    Port port = await(server.openPort(new PortOptions()));
    Future<String> answered = server.world().accept(port).compose(end -> end.recv(String.class, 0, 0)
        .compose(question -> end.send(question.body().toUpperCase(Locale.ROOT), 0, 0))
        .compose(sent -> end.disconnect()).map("served"));
    Future<String> asked = client.world().connect(Port.parse(port.name())).compose(end -> end.send("ping", 0, 0)
        .compose(sent -> end.recv(String.class, 0, 0))
        .compose(answer -> end.disconnect().map(answer.body())));
    assertEquals("PING", await(asked));
    assertEquals("served", await(answered));
    await(client.close());
    await(server.close());
  }

  @Test
  void shouldConnectAProgramWithItself() {
    Mpi mpi = await(Mpi.init(one, TCP));
    Port port = await(mpi.openPort(new PortOptions()));
    Future<Intercommunicator> accepted = mpi.self().accept(port);
    Intercommunicator client = await(mpi.self().connect(port));
    Intercommunicator server = await(accepted);
    Future<Integer> got = server.recv(Integer.class, 0, 1).map(message -> message.body());
    await(client.send(42, 0, 1));
    assertEquals(42, await(got));
    Future<Void> end = server.disconnect();
    await(client.disconnect());
    await(end);
    await(mpi.close());
  }

  @Test
  void shouldFindEachOtherByNameWithinAJob() {
    List<Integer> sums = await(MpiJob.run(one, new JobOptions().setRanks(4).setMpi(TCP), mpi ->
        mpi.rank() == 0 ? serve(mpi) : ask(mpi)));
    assertEquals(List.of(6, 1, 2, 3), sums);
  }

  private static Future<Integer> serve(Mpi mpi) {
    return mpi.openPort(new PortOptions()).compose(port -> mpi.publish("adder", port, new NameOptions())
        .compose(published -> Future.join(IntStream.range(0, 3).mapToObj(i -> mpi.self().accept(port)
            .compose(end -> end.recv(Integer.class, 0, 0).compose(number -> end.send(number.body(), 0, 0)
                .compose(sent -> end.disconnect()).map(number.body())))).toList())
        ).map(all -> all.<Integer>list().stream().mapToInt(Integer::intValue).sum())
        .compose(sum -> mpi.unpublish("adder", new NameOptions()).map(sum))
        .compose(sum -> mpi.closePort(port).map(sum)));
  }

  private static Future<Integer> ask(Mpi mpi) {
    return mpi.lookup("adder", new LookupOptions().setWait(Duration.ofSeconds(20)))
        .compose(port -> mpi.self().connect(port))
        .compose(end -> end.send(mpi.rank(), 0, 0).compose(sent -> end.recv(Integer.class, 0, 0))
            .compose(back -> end.disconnect().map(back.body())));
  }

  @Test
  void shouldSettleAcceptsAndConnectsWhenTheirRankCloses() {
    Mpi server = await(Mpi.init(one, TCP));
    Mpi client = await(Mpi.init(other, TCP));
    Mpi waiter = await(Mpi.init(other, TCP));
    Port port = await(server.openPort(new PortOptions()));
    Port unserved = await(server.openPort(new PortOptions()));
    Future<Intercommunicator> accept = server.world().accept(port);
    Future<Intercommunicator> connect = client.world().connect(unserved);
    Future<Intercommunicator> waiting = waiter.world().connect(unserved);
    await(client.close());
    failure(connect);
    await(server.close());
    failure(accept);
    MpiException refused = failure(ErrorClass.PORT, waiting);
    assertTrue(refused.getMessage().startsWith("MPI_ERR_PORT in MPI_Comm_connect"), refused::getMessage);
    failure(ErrorClass.PORT, waiter.world().connect(port));
    await(waiter.close());
  }
}
