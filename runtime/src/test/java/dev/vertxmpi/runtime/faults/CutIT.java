package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.runtime.link.Links;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A {@link Cable} between survivor and victim that is cut. */
class CutIT {

  private Cable cable;
  private Vertx vertx;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(Links.has("tcp"));
    cable = new Cable();
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() {
    if (cable != null) {
      cable.close();
    }
    if (vertx != null) {
      vertx.close().await();
    }
  }

  private Match match(long failureMillis) throws IOException, InterruptedException {
    return new Match(vertx, VictimProcess.start(cable.atTheOtherEnd(), List.of()), "tcp", Cable.HERE, Cable.THERE,
        failureMillis);
  }

  @Test
  void shouldFailAtBothEndsOfACutCable() throws IOException, InterruptedException {
    try (Match match = match(3000)) {
      cable.cut();
      match.shouldFailInTime();
      match.settled();
    }
  }

  @Test
  void shouldSurviveAShortCut() throws IOException, InterruptedException {
    try (Match match = match(5000)) {
      cable.cut();
      match.pass(0.2);
      cable.mend();
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
