package dev.vertxmpi.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

  private static final Port PORT = port(Map.of("tcp", "127.0.0.1:40123", "bus", "vertx-mpi.node"));

  @Test
  void shouldComeBackFromItsName() {
    assertEquals(PORT, Port.parse(PORT.name()));
    assertEquals(PORT, Port.parse("  " + PORT.name() + "\n"));
    assertTrue(PORT.name().length() <= Port.MAX_NAME);
    Port ipv6 = port(Map.of("tcp", "[::1]:40123"));
    assertEquals(ipv6, Port.parse(ipv6.name()));
  }

  @Test
  void shouldKeepItsSecretFromLogs() {
    String key = PORT.name().replaceAll(".*;key=([^;]*);.*", "$1");
    assertFalse(PORT.toString().contains(key));
    assertTrue(PORT.toString().contains(PORT.id().toString()));
  }

  @Test
  void shouldRefuseANameThatIsTooLong() {
    assertPort(() -> port(Map.of("tcp", "x".repeat(1000))));
    assertPort(() -> Port.parse(PORT.name() + " ".repeat(10) + "x".repeat(2000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "mpi1", "mpi1;", "mpi2;id=1;sum=00000000", "tcp://127.0.0.1:80", ";;;;",
      "mpi1;sum=", "mpi1;;sum=00000000"})
  void shouldRefuseOtherText(String text) {
    assertPort(() -> Port.parse(text));
  }

  @Test
  void shouldNotRepeatTheTextInItsError() {
    String name = PORT.name();
    String cut = name.substring(0, name.length() - 3);
    MpiException failure = assertThrows(MpiException.class, () -> Port.parse(cut));
    assertFalse(failure.getMessage().contains(name.substring(60, 100)));
    assertTrue(failure.reason().contains("checksum"), failure.reason());
  }

  @Property
  void shouldRefuseANameWithAnyChange(@ForAll @IntRange(max = 10000) int place, @ForAll char other) {
    String name = PORT.name();
    StringBuilder changed = new StringBuilder(name);
    changed.setCharAt(place % name.length(), other);
    if (!changed.toString().strip().equals(name)) {
      assertPort(() -> Port.parse(changed.toString()));
    }
  }

  @Property
  void shouldRefuseAnyText(@ForAll String text) {
    assertPort(() -> Port.parse(text));
    assertPort(() -> Port.parse("mpi1;" + text));
  }

  @Test
  void shouldRefuseANameOfAChecksumAlone() {
    CRC32 crc = new CRC32();
    crc.update("mpi1".getBytes(StandardCharsets.US_ASCII));
    assertPort(() -> Port.parse(String.format("mpi1;sum=%08x", crc.getValue())));
  }

  @Test
  void shouldRefuseAKeyOfAnotherLength() {
    assertEquals(ErrorClass.ARG, assertThrows(MpiException.class,
        () -> new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 0, 0),
            new NodeAddress(NodeId.random(), Map.of()), new byte[31])).errorClass());
  }

  private static Port port(Map<String, String> endpoints) {
    byte[] key = new byte[Port.KEY_LENGTH];
    new Random(1).nextBytes(key);
    return new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 3, 1),
        new NodeAddress(NodeId.random(), endpoints), key);
  }

  private static void assertPort(Runnable call) {
    assertEquals(ErrorClass.PORT, assertThrows(MpiException.class, call::run).errorClass());
  }
}
