package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two hosts, as far as the network is concerned, and a cable that can be cut. Needs the right to make network
 * namespaces.
 *
 * <pre>
 *   survivor  10.213.N.1 ====== vmpiN ~~ peer ====== 10.213.N.2  victim, in the namespace vertx-mpi-N
 * </pre>
 */
class CutIT {

  private static final int NUMBER = (int) (ProcessHandle.current().pid() % 250);
  private static final String SPACE = "vertx-mpi-" + NUMBER;
  private static final String CABLE = "vmpi" + NUMBER;
  private static final String HERE = "10.213." + NUMBER + ".1";
  private static final String THERE = "10.213." + NUMBER + ".2";

  private Vertx vertx;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(Links.has("tcp"));
    Assumptions.assumeTrue(ip("netns add " + SPACE), "no right to make network namespaces");
    vertx = Vertx.vertx();
    boolean made = Stream.of("link add " + CABLE + " type veth peer name peer netns " + SPACE,
        "addr add " + HERE + "/24 dev " + CABLE, "link set " + CABLE + " up",
        "-n " + SPACE + " addr add " + THERE + "/24 dev peer", "-n " + SPACE + " link set peer up",
        "-n " + SPACE + " link set lo up").allMatch(CutIT::ip);
    Assumptions.assumeTrue(made, "no right to make network devices");
  }

  @AfterEach
  void close() {
    ip("link del " + CABLE);
    ip("netns del " + SPACE);
    if (vertx != null) {
      vertx.close().await();
    }
  }

  private static boolean ip(String arguments) {
    try {
      Process process = new ProcessBuilder(Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" "))).toList())
          .inheritIO().start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Match match(long failureMillis) throws IOException, InterruptedException {
    return new Match(vertx, VictimProcess.start(List.of("ip", "netns", "exec", SPACE), List.of()), "tcp", HERE, THERE,
        failureMillis);
  }

  @Test
  void shouldFailAtBothEndsOfACutCable() throws IOException, InterruptedException {
    try (Match match = match(3000)) {
      ip("link set " + CABLE + " down");
      match.shouldFailInTime();
      match.settled();
    }
  }

  @Test
  void shouldSurviveAShortCut() throws IOException, InterruptedException {
    try (Match match = match(5000)) {
      ip("link set " + CABLE + " down");
      match.pass(0.2);
      ip("link set " + CABLE + " up");
      match.shouldGoOn();
    }
  }

  @Test
  void shouldRefuseWhoWasStoppedOnAnotherHost() throws IOException, InterruptedException {
    try (Match match = match(3000)) {
      match.victim.signal("STOP");
      match.shouldFailInTime();
      match.victim.signal("CONT");
      match.shouldTellTheVictim();
    }
  }
}
