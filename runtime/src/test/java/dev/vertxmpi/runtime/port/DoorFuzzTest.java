package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.rank.LoneRank;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever knocks may send anything: it is answered, or dropped with a word in the log. */
class DoorFuzzTest {

  private static final NodeAddress THERE = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1000"));

  private final LoneRank lone = new LoneRank();
  private final Logger log = Logger.getLogger(Door.class.getName());

  @AfterEach
  void close() {
    log.setLevel(null);
    lone.close();
  }

  /** The kind and the payload of a connect. */
  private static byte[] connect() {
    UUID job = UUID.randomUUID();
    WireWriter out = new WireWriter().bytes(new byte[] {PortKind.CONNECT}).uuid(UUID.randomUUID())
        .uuid(UUID.randomUUID()).bytes(new byte[Proof.LENGTH]);
    new Peers(List.of(new ProcessId(job, 0, 0), new ProcessId(job, 1, 0)), List.of(THERE, THERE), 1).write(out);
    return out.payload().toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void shouldAnswerOrDropWhateverComes() {
    log.setLevel(Level.OFF);
    Door door = Door.of(lone.rank());
    int[] released = {0};
    int[] given = {0};
    Fuzz.of(connect()).allocating(32 << 10, 64).refusing().run(input -> {
      byte kind = input.length == 0 ? 0 : input[0];
      MemorySegment payload = MemorySegment.ofArray(input).asSlice(Math.min(1, input.length));
      given[0]++;
      door.onFrame(THERE.id(), new Frame(new Envelope(kind, (short) 0, new ContextId(1, 2), 0, 0, 0, 0, 0, 0, 0),
          payload, () -> released[0]++));
    });
    assertTrue(lone.sent() > 0 && released[0] == given[0], lone.sent() + " answers");
  }
}
