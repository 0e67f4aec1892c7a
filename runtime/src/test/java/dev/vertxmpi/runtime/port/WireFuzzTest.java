package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The frames of a connection come from another job: each is read, or refused as malformed. */
class WireFuzzTest {

  private static final Peers GROUP = group();

  private static Peers group() {
    NodeAddress one = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1000", "bus", "mpi.1"));
    NodeAddress two = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1001"));
    UUID job = UUID.randomUUID();
    return new Peers(List.of(new ProcessId(job, 0, 0), new ProcessId(job, 1, 0), new ProcessId(job, 2, 1)),
        List.of(one, two, one), 1);
  }

  private static byte[] bytes(WireWriter out) {
    return out.payload().toArray(ValueLayout.JAVA_BYTE);
  }

  private static void fuzz(byte[] valid, Consumer<WireReader> decoder) {
    Fuzz.of(valid).allocating(16 << 10, 64).refusing(MpiException.class).run(input -> {
      try {
        decoder.accept(new WireReader(input));
      } catch (MpiException e) {
        assertEquals(ErrorClass.PORT, e.errorClass());
        throw e;
      }
    }).mustTakeSome();
  }

  @Test
  void shouldReadOrRefuseAnyGroup() {
    WireWriter out = new WireWriter();
    GROUP.write(out);
    fuzz(bytes(out), in -> {
      Peers read = Peers.read(in);
      in.end();
      assertTrue(read.members().size() == read.places().size() && read.root() < read.members().size());
    });
  }

  @Test
  void shouldReadOrRefuseAnyFormation() {
    fuzz(bytes(new Formation(new ContextId(1, 2), new byte[Proof.LENGTH], true, GROUP).write()), Formation::read);
  }

  @Test
  void shouldReadOrRefuseAnyError() {
    fuzz(bytes(new WireWriter().error(new MpiException(ErrorClass.PROC_FAILED, "the rank is gone"))),
        WireReader::error);
  }
}
