package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameServerOptionsTest {

  @Test
  void shouldListenToThisHostByDefault() {
    NameServerOptions options = new NameServerOptions(new JsonObject());
    assertEquals("127.0.0.1", options.getHost());
    assertEquals(NameServerOptions.DEFAULT_PORT, options.getPort());
    assertEquals(List.of(), options.getPeers());
  }

  @Test
  void shouldGoThroughJsonAndCopies() {
    NameServerOptions options = new NameServerOptions().setHost("localhost").setPort(0)
        .setPeers(List.of("127.0.0.1:5", "[::1]:6", "127.0.0.1:5"));
    JsonObject json = options.toJson();
    assertEquals(json, new NameServerOptions(json).toJson());
    assertEquals(json, new NameServerOptions(options).toJson());
    assertEquals(List.of("127.0.0.1:5", "[::1]:6"), options.getPeers());
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertThrows(MpiException.class, () -> new NameServerOptions().setPort(65536));
    assertThrows(MpiException.class, () -> new NameServerOptions().setPeers(List.of("nowhere")));
    assertThrows(MpiException.class, () -> new NameServerOptions(new JsonObject().put("port", -1)));
  }
}
