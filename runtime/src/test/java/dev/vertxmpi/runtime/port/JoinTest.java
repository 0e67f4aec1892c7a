package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.ConnectOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two programs that have nothing but a socket between them. */
class JoinTest {

  private static final MpiOptions TCP = new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of());
  private static final ConnectOptions HASTY = new ConnectOptions().setTimeout(Duration.ofMillis(300));

  private final Vertx one = Vertx.vertx();
  private final Vertx other = Vertx.vertx();
  /** Kept: Vert.x closes the sockets of a client that nobody holds any more. */
  private final NetClient client = other.createNetClient();
  private Mpi mine;
  private Mpi yours;
  private NetSocket here;
  private NetSocket there;

  @BeforeEach
  void open() {
    mine = await(Mpi.init(one, TCP));
    yours = await(Mpi.init(other, TCP));
    socket();
  }

  private void socket() {
    Promise<NetSocket> accepted = Promise.promise();
    NetServer server = await(one.createNetServer()
        .connectHandler(socket -> accepted.complete(socket.pause())).listen(0, "127.0.0.1"));
    there = await(client.connect(server.actualPort(), "127.0.0.1")).pause();
    here = await(accepted.future());
  }

  @AfterEach
  void close() {
    await(one.close());
    await(other.close());
  }

  private static void talk(Intercommunicator from, Intercommunicator to) {
    await(from.send("hello", 0, 3));
    assertEquals("hello", await(to.recv(String.class, 0, 3)).body());
  }

  private static void disconnect(Intercommunicator one, Intercommunicator other) {
    Future<Void> end = one.disconnect();
    await(other.disconnect());
    await(end);
  }

  @Test
  void shouldJoinTwoProgramsByASocket() {
    for (int round = 0; round < 50; round++) {
      Future<Intercommunicator> a = mine.join(here);
      Future<Intercommunicator> b = yours.join(there);
      assertEquals(yours.processId(), await(a).remoteGroup().get(0));
      assertEquals(mine.processId(), await(b).remoteGroup().get(0));
      assertEquals(1, await(a).size());
      talk(await(a), await(b));
      talk(await(b), await(a));
      disconnect(await(a), await(b));
    }
  }

  @Test
  void shouldLeaveTheSocketOpenAndQuiet() {
    Future<Intercommunicator> a = mine.join(here);
    Future<Intercommunicator> b = yours.join(there);
    // Whoever is first may use the socket at once: what it sends waits for the other.
    b.onSuccess(end -> there.write("mine again"));
    a.onSuccess(end -> here.write("and mine"));
    await(a);
    await(b);
    Buffer got = Buffer.buffer();
    Buffer back = Buffer.buffer();
    here.handler(got::appendBuffer);
    there.handler(back::appendBuffer);
    here.resume();
    there.resume();
    await().untilAsserted(() -> {
      assertEquals("mine again", got.toString());
      assertEquals("and mine", back.toString());
    });
    disconnect(await(a), await(b));
  }

  @Test
  void shouldRefuseToJoinItself() {
    Future<Intercommunicator> a = mine.join(here);
    Future<Intercommunicator> b = mine.join(there);
    for (Future<Intercommunicator> join : List.of(a, b)) {
      MpiException refused = failure(ErrorClass.INTERN, join);
      assertTrue(refused.getMessage().endsWith("in MPI_Comm_join: a process cannot join itself"), refused::getMessage);
    }
  }

  @Test
  void shouldGiveUpAtItsTimeoutWhereTheOtherDoesNotJoin() {
    failure(ErrorClass.TIMEOUT, mine.join(here, HASTY));
    failure(ErrorClass.TIMEOUT, yours.join(there, HASTY));
  }

  @Test
  void shouldFailAtOnceWhereTheSocketCloses() {
    Future<Intercommunicator> join = mine.join(here);
    await(there.close());
    failure(ErrorClass.OTHER, join);
    failure(ErrorClass.OTHER, mine.join(here));
  }

  @Test
  void shouldRefuseWhatIsNoJoin() {
    for (String text : Set.of("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n", "x".repeat(5000))) {
      Future<Intercommunicator> join = mine.join(here);
      await(there.write(text));
      failure(ErrorClass.OTHER, join);
      await(here.close());
      socket();
    }
  }

  @Test
  void shouldRefuseMoreBytesThanAJoinSends() {
    // One of the two has the smaller id.
    for (boolean first : new boolean[] {true, false}) {
      Future<Intercommunicator> join = first ? mine.join(here) : yours.join(there);
      NetSocket writer = first ? there : here;
      await(writer.write(JoinReader.header((first ? yours : mine).processId()).appendBytes(new byte[2000])));
      failure(ErrorClass.OTHER, join);
      await(writer.close());
      socket();
    }
  }

  @Test
  void shouldSettleWhenTheRankCloses() {
    Future<Intercommunicator> join = mine.join(here);
    await(mine.close());
    failure(join);
    failure(mine.join(here));
  }
}
