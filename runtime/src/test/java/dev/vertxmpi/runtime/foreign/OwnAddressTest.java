package dev.vertxmpi.runtime.foreign;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static dev.vertxmpi.runtime.comm.Waiting.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void shouldFaceThisHostFromTheLoopback() {
    assertEquals("127.0.0.1", await(OwnAddress.towards(vertx, "127.0.0.1", Duration.ofSeconds(5))));
  }

  @Test
  void shouldNameTheHostThatStaysUnknown() {
    MpiException unknown = failure(ErrorClass.TIMEOUT,
        OwnAddress.towards(vertx, "nobody.invalid", Duration.ofMillis(600)));
    assertTrue(unknown.reason().startsWith("there is no way to nobody.invalid"), unknown::reason);
  }
}
