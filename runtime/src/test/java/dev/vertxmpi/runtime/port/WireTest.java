package dev.vertxmpi.runtime.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What comes from the other side of a connection is hostile until it is decoded. */
class WireTest {

  private static Peers group(int size, int nodes) {
    UUID job = UUID.randomUUID();
    List<NodeAddress> addresses = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      addresses.add(new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:" + (1000 + i), "bus", "mpi." + i)));
    }
    List<ProcessId> members = new ArrayList<>();
    List<NodeAddress> places = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      members.add(new ProcessId(job, i, i % 3));
      places.add(addresses.get(i % nodes));
    }
    return new Peers(members, places, size - 1);
  }

  private static byte[] bytes(WireWriter out) {
    return out.payload().toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] encoded(Peers group) {
    WireWriter out = new WireWriter();
    group.write(out);
    return bytes(out);
  }

  private static Peers decoded(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    Peers group = Peers.read(in);
    in.end();
    return group;
  }

  /** Decodes, or fails with the class for it and nothing else. */
  private static void decodesOrRefuses(byte[] bytes, Consumer<WireReader> decoder) {
    try {
      decoder.accept(new WireReader(bytes));
    } catch (MpiException e) {
      assertEquals(ErrorClass.PORT, e.errorClass());
    }
  }

  @Property(tries = 200)
  void shouldReadTheGroupThatItWrote(@ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @IntRange(min = 1, max = 20) int nodes) {
    Peers group = group(size, Math.min(size, nodes));
    assertEquals(group, decoded(encoded(group)));
  }

  @Property(tries = 2000)
  void shouldSurviveRandomBytes(@ForAll @Size(max = 400) byte[] noise) {
    decodesOrRefuses(noise, Peers::read);
    decodesOrRefuses(noise, Formation::read);
    decodesOrRefuses(noise, WireReader::text);
  }

  @Property(tries = 2000)
  void shouldSurviveChangedBytes(@ForAll @IntRange(max = 10_000) int at, @ForAll byte value,
      @ForAll @IntRange(max = 10_000) int length) {
    byte[] bytes = encoded(group(5, 2));
    bytes[at % bytes.length] = value;
    decodesOrRefuses(bytes, Peers::read);
    decodesOrRefuses(Arrays.copyOf(bytes, length % bytes.length), Peers::read);
  }

  @Example
  void shouldAllocateNoMoreThanWasSent() {
    for (int count : new int[] {Integer.MAX_VALUE, -1, 1 << 24}) {
      decodesOrRefuses(bytes(new WireWriter().number(count)), Peers::read);
      decodesOrRefuses(bytes(new WireWriter().number(1).uuid(UUID.randomUUID()).number(count)), Peers::read);
    }
  }

  @Example
  void shouldReadTheFormationThatItWroteAndNotTellItsKey() {
    Formation formation = new Formation(ContextId.ofConnection(UUID.randomUUID(), UUID.randomUUID()),
        new byte[Proof.LENGTH], true, group(3, 2));
    formation.key()[0] = 42;
    Formation read = Formation.read(new WireReader(bytes(formation.write())));
    assertEquals(formation.context(), read.context());
    assertEquals(formation.remote(), read.remote());
    assertArrayEquals(formation.key(), read.key());
    assertTrue(read.toString().matches("Formation\\[context=[0-9a-f]{32}, server=true, remote=3]"), read::toString);
  }

  @Example
  void shouldCarryErrors() {
    MpiException error = new WireReader(bytes(new WireWriter().error(
        new MpiException(ErrorClass.PROC_FAILED, "x".repeat(5000)).ranks(List.of(1, 7))))).error();
    assertEquals(ErrorClass.PROC_FAILED, error.errorClass());
    assertEquals(512, error.reason().length());
    assertEquals(List.of(1, 7), error.ranks());
    assertEquals(ErrorClass.OTHER, new WireReader(bytes(new WireWriter().text("NOBODY").text("why").number(0))).error()
        .errorClass());
  }

  @Example
  void shouldSayThatAGroupIsTooLarge() {
    group(10_000, 10).mustFit();
    try {
      group(30_000, 10).mustFit();
      throw new AssertionError("no frame can hold it");
    } catch (MpiException e) {
      assertEquals(ErrorClass.PORT, e.errorClass());
    }
  }
}
