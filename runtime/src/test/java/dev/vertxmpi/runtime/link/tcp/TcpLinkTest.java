package dev.vertxmpi.runtime.link.tcp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.LinkContract;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TcpLinkTest extends LinkContract {

  TcpLinkTest() {
    super(new TcpBackend());
  }

  /** A socket straight to an end, and whether it was closed there. */
  private final class Stranger {
    private final NetClient client = vertx.createNetClient();
    private final NetSocket socket;
    private final Buffer answers = Buffer.buffer();
    private final AtomicBoolean closed = new AtomicBoolean();

    Stranger(LinkEnd to) {
      HostPort place = HostPort.of(to.address).orElseThrow();
      socket = client.connect(place.port(), place.host()).await();
      socket.closeHandler(end -> closed.set(true));
      socket.handler(bytes -> {
        synchronized (answers) {
          answers.appendBuffer(bytes);
        }
      });
    }

    void say(byte[] message) {
      socket.write(Buffer.buffer().appendShortLE((short) message.length).appendBytes(message)).await();
    }

    byte[] hear() {
      await().until(() -> answers.length() >= 2 && answers.length() >= 2 + answers.getUnsignedShortLE(0));
      synchronized (answers) {
        byte[] message = answers.getBytes(2, 2 + answers.getUnsignedShortLE(0));
        answers.setBytes(0, new byte[answers.length()]);
        return message;
      }
    }
  }

  @Test
  void shouldCloseOnNonsense() {
    Stranger stranger = new Stranger(b);
    stranger.socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n").await();
    await().untilTrue(stranger.closed);
    assertTrue(b.closed.isEmpty());
  }

  @Test
  void shouldCloseOnFramesBeforeTheHandshake() {
    Stranger stranger = new Stranger(b);
    stranger.socket.write(Buffer.buffer(new byte[200]).setByte(0, (byte) 1)).await();
    await().untilTrue(stranger.closed);
  }

  @Test
  void shouldCloseWhenTheHandshakeTakesTooLong() {
    LinkEnd hasty = new LinkEnd(vertx, provider(), Duration.ofMillis(200));
    Stranger stranger = new Stranger(hasty);
    await().untilTrue(stranger.closed);
    hasty.endpoint.close().await();
  }

  @Test
  void shouldNotWaitForAServerThatSaysNothing() {
    NetServer mute = vertx.createNetServer().connectHandler(socket -> { }).listen(0, "127.0.0.1").await();
    LinkEnd hasty = new LinkEnd(vertx, provider(), Duration.ofMillis(200));
    assertFailed(hasty.endpoint.connect(hasty.address,
        new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:" + mute.actualPort()))));
    Future.join(hasty.endpoint.close(), mute.close()).await();
  }

  @Test
  void shouldCloseOnFramesThatAreNone() {
    Stranger stranger = new Stranger(b);
    Handshake handshake = Handshake.client(a, a.address, b.address);
    stranger.say(handshake.hello());
    byte[] welcome = stranger.hear();
    Buffer proof = Buffer.buffer();
    byte[] bytes = handshake.receive(welcome).orElseThrow();
    proof.appendShortLE((short) bytes.length).appendBytes(bytes);
    byte[] open = new byte[Envelope.LENGTH];
    Control.of(Control.OPEN).write(MemorySegment.ofArray(open), 0);
    stranger.socket.write(proof.appendBytes(open).appendBytes(new byte[] {1, 16, 0, 0, -1, -1, -1, 127})
        .appendBytes(new byte[72]));
    await().until(() -> !b.closed.isEmpty());
    assertTrue(b.closed.getFirst().cause().getMessage().startsWith("payload of"), b.closed.toString());
    await().untilTrue(stranger.closed);
  }

  @Test
  void shouldReadOnlyNumbersAsPlaces() {
    for (String place : List.of("127.0.0.1:80", "[::1]:65535", "10.1.2.3:1")) {
      assertEquals(place, HostPort.of(at(place)).orElseThrow().toString());
    }
    for (String place : List.of("localhost:80", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:80", "", ":80",
        "evil.example:80", "127.0.0.1:99999", "[fe80::1%eth0]:80")) {
      assertTrue(HostPort.of(at(place)).isEmpty(), place);
      assertFalse(a.endpoint.reaches(at(place)));
    }
  }

  @Test
  void shouldListenOnlyWherePeersCanDial() {
    for (String host : List.of("localhost", "0.0.0.0", "::", "127.0.0.1:5", "")) {
      LinkContext context = new LinkContext(vertx, NodeId.random(), host, a, a, Duration.ofSeconds(1));
      MpiException failure = (MpiException) provider().open(context).cause();
      assertEquals(ErrorClass.ARG, failure.errorClass());
    }
    for (String host : List.of("127.0.0.1", "::1", "10.0.0.1", "2001:db8::1")) {
      assertTrue(HostPort.isDialable(host), host);
    }
  }

  private static NodeAddress at(String place) {
    return new NodeAddress(NodeId.random(), Map.of("tcp", place));
  }

  @Test
  void shouldNoticeSilenceBetweenHosts() {
    LinkEnd hasty = new LinkEnd(vertx, provider(), Duration.ofMillis(300));
    HostPort target = HostPort.of(b.address).orElseThrow();
    NetClient client = vertx.createNetClient();
    // In between stands a relay that swallows everything after a while, as a vanished host does.
    AtomicBoolean cut = new AtomicBoolean();
    NetServer relay = vertx.createNetServer().connectHandler(in -> {
      in.pause();
      client.connect(target.port(), target.host()).onSuccess(out -> {
        out.handler(bytes -> forward(cut, bytes, in));
        in.handler(bytes -> forward(cut, bytes, out));
        in.resume();
      });
    }).listen(0, "127.0.0.1").await();
    NodeAddress behind = new NodeAddress(b.id, Map.of("tcp", "127.0.0.1:" + relay.actualPort()));
    Link link = ((TcpEndpoint) hasty.endpoint).connect(hasty.address, behind, true).await();
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    link.closeHandler(ends::add);
    vertx.timer(1000).await();
    assertTrue(ends.isEmpty());
    cut.set(true);
    await().until(() -> !ends.isEmpty());
    assertTrue(ends.getFirst().getMessage().contains("silent"), ends.toString());
    Future.join(hasty.endpoint.close(), relay.close(), client.close()).await();
  }

  private static void forward(AtomicBoolean cut, Buffer bytes, NetSocket to) {
    if (!cut.get()) {
      to.write(bytes);
    }
  }
}
