package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A peer says where its files are, in its address and in control messages: never elsewhere than beside ours. */
class ShmPlaceFuzzTest {

  private static final Path BASE = Path.of("/dev/shm");
  private static final String DIRECTORY = BASE + "/" + ShmDirectory.prefix() + "0123456789ab-4711-00ff";

  private static NodeAddress peer(String place) {
    return new NodeAddress(new NodeId(new UUID(1, 2)), Map.of("shm", place));
  }

  private static void mustLieIn(Path directory, Path file) {
    assertEquals(file.normalize(), file);
    assertEquals(directory, file.getParent());
  }

  @Test
  void shouldTakeNoDirectoryElsewhere() {
    Fuzz.of(DIRECTORY.getBytes(StandardCharsets.UTF_8)).refusing().run(input ->
        ShmPlace.of(peer(new String(input, StandardCharsets.UTF_8)), BASE).ifPresent(place ->
            mustLieIn(BASE, place.directory())));
  }

  @Test
  void shouldTakeNoFileElsewhere() {
    ShmPlace place = ShmPlace.of(peer(DIRECTORY), BASE).orElseThrow();
    Fuzz.of("\1ring-1a2b".getBytes(StandardCharsets.UTF_8), "\4bell".getBytes(StandardCharsets.UTF_8)).run(input ->
        mustLieIn(place.directory(), place.file(ControlMessage.decode(atLeastOne(input)).text()))).mustTakeSome();
  }

  /** The parser hands on no empty message. */
  private static byte[] atLeastOne(byte[] input) {
    return input.length == 0 ? new byte[1] : input;
  }

  @Test
  void shouldTakeNoRegionElsewhere() {
    ShmPlace place = ShmPlace.of(peer(DIRECTORY), BASE).orElseThrow();
    Fuzz.of("4711-00ff/17".getBytes(StandardCharsets.UTF_8)).run(input -> {
      Path region = place.region(new String(input, StandardCharsets.UTF_8));
      assertEquals(region.normalize(), region);
      assertEquals(BASE, region.getParent().getParent());
    }).mustTakeSome();
  }
}
