package dev.vertxmpi.names;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.fuzz.Mutations;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The name of a port comes from anywhere: it is one, or refused. */
class PortFuzzTest {

  private static final String SUM = ";sum=";

  private static String name() {
    return new Port(UUID.randomUUID(), new ProcessId(UUID.randomUUID(), 3, 0),
        new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711", "bus", "x")), new byte[32]).name();
  }

  /** Whoever lies can compute a checksum. */
  private static String sealed(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return text + SUM + String.format("%08x", crc.getValue());
  }

  @Test
  void shouldReadOrRefuseAnyName() {
    String name = name();
    Mutations names = new Mutations(name.getBytes(StandardCharsets.ISO_8859_1));
    Mutations texts = new Mutations(name.substring(0, name.indexOf(SUM)).getBytes(StandardCharsets.ISO_8859_1));
    Fuzz.of(random -> random.nextInt(8) == 0 ? names.apply(random)
        : sealed(new String(texts.apply(random), StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.UTF_8))
        .allocating(16 << 10, 100).refusing(MpiException.class).run(input ->
            Port.parse(new String(input, StandardCharsets.UTF_8))).mustTakeSome();
  }
}
