package dev.vertxmpi.runtime.link.tcp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The place that a peer names is one that can be dialled by number, or none. */
class HostPortFuzzTest {

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void shouldMakeAPlaceOrNothingOfAnyText() {
    NodeId id = new NodeId(new UUID(1, 2));
    int[] places = {0};
    Fuzz.of(ascii("127.0.0.1:40123"), ascii("[fe80::1:2]:80"), ascii("[::ffff:10.0.0.1]:1")).refusing().run(input ->
        HostPort.of(new NodeAddress(id, Map.of("tcp", new String(input, StandardCharsets.UTF_8)))).ifPresent(place -> {
          places[0]++;
          assertTrue(place.port() > 0 && place.port() <= 65535 && HostPort.isDialable(place.host()));
          assertTrue(place.toString().endsWith(":" + place.port()));
        }));
    assertTrue(places[0] > 0);
  }
}
