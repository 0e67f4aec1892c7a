package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** At the other end of the socket of a join may be anything. */
class JoinFuzzTest {

  private static final ProcessId SMALL = new ProcessId(new UUID(1, 1), 0, 0);
  private static final ProcessId GREAT = new ProcessId(new UUID(1, 1), 1, 0);

  @Test
  void shouldReadOrRefuseAnyHeader() {
    Fuzz.of(JoinReader.header(GREAT).getBytes()).allocating(32 << 10, 64).refusing(MpiException.class)
        .run(input -> new JoinReader(SMALL).feed(Buffer.buffer(input))).mustTakeSome();
  }

  @Test
  void shouldReadOrRefuseAnyPortInAnyPieces() {
    Port port = new Port(UUID.randomUUID(), SMALL,
        new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1000")), new byte[Port.KEY_LENGTH]);
    byte[] valid = JoinReader.header(SMALL).appendBuffer(JoinReader.port(port)).getBytes();
    for (int cut = 0; cut < valid.length; cut++) {
      JoinReader reader = new JoinReader(GREAT);
      assertEquals(false, reader.feed(Buffer.buffer(valid).getBuffer(0, cut)));
      assertEquals(true, reader.feed(Buffer.buffer(valid).getBuffer(cut, valid.length)));
      assertEquals(port, reader.port());
    }
    Fuzz.of(valid).allocating(64 << 10, 128).refusing(MpiException.class)
        .run(input -> new JoinReader(GREAT).feed(Buffer.buffer(input))).mustTakeSome();
  }
}
