package dev.vertxmpi.runtime.link.tcp;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links over TLS, and who is refused there. */
class TcpTlsTest {

  @TempDir
  static Path folder;

  private static Path ours;
  private static Path theirs;

  private final Vertx vertx = Vertx.vertx();
  private final List<LinkEnd> ends = new ArrayList<>();

  @BeforeAll
  static void makeCertificates() throws IOException, InterruptedException {
    ours = Certificates.make(folder, "ours");
    theirs = Certificates.make(folder, "theirs");
  }

  @AfterEach
  void close() {
    ends.forEach(end -> end.endpoint.close().await());
    vertx.close().await();
  }

  private LinkEnd end(SSLOptions tls) {
    LinkEnd end = new LinkEnd(vertx, new TcpLinkProvider(), Duration.ofSeconds(5), tls);
    ends.add(end);
    return end;
  }

  @Test
  void shouldCarryFramesBothWays() {
    LinkEnd a = end(Certificates.options(ours, ours));
    LinkEnd b = end(Certificates.options(ours, ours));
    AtomicLong bytes = new AtomicLong();
    for (LinkEnd end : List.of(a, b)) {
      end.taker = frame -> {
        bytes.addAndGet(frame.payload().byteSize());
        frame.release();
      };
    }
    Link there = a.connect(b).await();
    Link back = b.connect(a).await();
    Envelope envelope = new Envelope((byte) 16, (short) 0, new ContextId(1, 2), 0, 0, 0, 0, 0, 0, 0);
    MemorySegment payload = MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD]);
    for (int i = 0; i < 50; i++) {
      there.send(Frame.of(envelope, payload));
      back.send(Frame.of(envelope, payload));
    }
    await().untilAsserted(() -> assertEquals(100L * Envelope.MAX_PAYLOAD, bytes.get()));
  }

  @Test
  void shouldRefuseACertificateThatItDoesNotTrust() {
    LinkEnd server = end(Certificates.options(ours, ours));
    refused(end(Certificates.options(theirs, ours)), server);
    refused(end(Certificates.options(ours, theirs)), server);
    assertTrue(server.closed.isEmpty());
  }

  @Test
  void shouldRefuseWhoSpeaksNoTls() {
    LinkEnd plain = end(null);
    LinkEnd secure = end(Certificates.options(ours, ours));
    refused(plain, secure);
    refused(secure, plain);
  }

  @Test
  void shouldProveTheKeyInsideAsWell() {
    LinkEnd a = end(Certificates.options(ours, ours));
    LinkEnd b = end(Certificates.options(ours, ours));
    a.secrets.put(a.key, new byte[] {9, 9, 9});
    refused(a, b);
  }

  private static void refused(LinkEnd from, LinkEnd to) {
    Future<Link> link = from.connect(to);
    await().until(link::isComplete);
    assertEquals(ErrorClass.ACCESS, ((MpiException) link.cause()).errorClass());
  }
}
