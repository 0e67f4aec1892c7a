package dev.vertxmpi.runtime.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that is stopped is dead to other hosts after a while, and never to its own. */
class StopIT {

  private static final String LOOPBACK = "127.0.0.1";

  private Vertx vertx;

  /** The links whose ends the system closes. */
  static List<String> exactLinks() {
    return KillIT.links();
  }

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static Optional<String> otherAddress() throws SocketException {
    return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress).findFirst();
  }

  private static VictimProcess victim() throws IOException {
    return VictimProcess.start(List.of(), List.of());
  }

  @Test
  void shouldRefuseWhoWasStoppedForTooLong() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Links.has("tcp"));
    // To the survivor that is another host, because it listens elsewhere.
    String elsewhere = otherAddress().orElse(LOOPBACK);
    Assumptions.assumeFalse(elsewhere.equals(LOOPBACK), "there is only the loopback device here");
    try (Match match = new Match(vertx, victim(), "tcp", LOOPBACK, elsewhere, 3000)) {
      match.victim.signal("STOP");
      match.shouldFailInTime();
      match.victim.signal("CONT");
      match.shouldTellTheVictim();
    }
  }

  @Test
  void shouldForgiveAShortStop() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Links.has("tcp"));
    String elsewhere = otherAddress().orElse(LOOPBACK);
    Assumptions.assumeFalse(elsewhere.equals(LOOPBACK), "there is only the loopback device here");
    try (Match match = new Match(vertx, victim(), "tcp", LOOPBACK, elsewhere, 4000)) {
      match.victim.signal("STOP");
      // Longer than silence is trusted, but it answers when it is asked.
      match.pass(1.3);
      match.victim.signal("CONT");
      match.shouldGoOn();
    }
  }

  @ParameterizedTest(name = "over {0}")
  @MethodSource("exactLinks")
  void shouldWaitForWhoIsStoppedOnThisHost(String link) throws IOException, InterruptedException {
    try (Match match = new Match(vertx, victim(), link, LOOPBACK, LOOPBACK, 1000)) {
      match.victim.signal("STOP");
      match.pass(6);
      assertFalse(match.me.node.isGone(match.other()));
      match.victim.signal("CONT");
      match.shouldGoOn();
      match.victim.kill();
      match.shouldFailInTime();
    }
  }

  @ParameterizedTest(name = "over {0}")
  @MethodSource("exactLinks")
  void shouldDialWhoIsStoppedOnThisHostUntilItWakes(String link) throws IOException, InterruptedException {
    try (Match match = new Match(vertx, victim(), link, LOOPBACK, LOOPBACK, 1000)) {
      match.victim.signal("STOP");
      // One more node, which has no link to the victim yet.
      Player stranger = Player.open(vertx, match.me.options, match.job).await();
      stranger.node.introduce(match.other(), match.me.node.whereIs(match.other()).orElseThrow());
      Future<Void> made = stranger.node.attend(match.other());
      match.pass(5);
      assertFalse(made.isComplete());
      match.victim.signal("CONT");
      made.await();
      stranger.node.close().await();
    }
  }
}
