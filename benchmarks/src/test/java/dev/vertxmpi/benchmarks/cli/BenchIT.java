package dev.vertxmpi.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vertxmpi.benchmarks.peer.PeerKind;
import dev.vertxmpi.launcher.VertxMpi;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchIT {

  private static final List<String> FIELDS = List.of("bench", "link", "ranks", "size", "unit", "ours", "peer",
      "peer_name", "ratio", "buffer", "wait");

  @TempDir
  Path folder;

  private List<JsonObject> bench(String... options) throws Exception {
    Path out = folder.resolve("out.json");
    List<String> words = new ArrayList<>(List.of("bench"));
    words.addAll(List.of(options));
    words.addAll(List.of("--quiet", "--json", "--out", out.toString()));
    assertEquals(0, VertxMpi.run(words.toArray(String[]::new)));
    return Files.readAllLines(out).stream().map(JsonObject::new).toList();
  }

  private List<JsonObject> shortly(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--repetitions", "1", "--warmup", "0", "--time", "0.01"));
    return bench(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latency --sizes 8,64K", "bw --sizes 8,64K --window 4", "bibw --sizes 8,64K --window 4",
      "mbw_mr --sizes 8,64K --window 4", "barrier"})
  void shouldTellEachResultInALine(String benchmark) throws Exception {
    List<JsonObject> lines = shortly((benchmark + " --links shm").split(" ", -1));
    assertEquals(benchmark.equals("barrier") ? 1 : 2, lines.size());
    for (JsonObject line : lines) {
      assertTrue(line.fieldNames().containsAll(FIELDS), line::encode);
      assertEquals(benchmark.split(" ", -1)[0], line.getString("bench"));
      assertEquals("shm", line.getString("link"));
      assertTrue(line.getDouble("ours") > 0, line::encode);
      assertFalse(line.getBoolean("in_jvm"));
    }
  }

  @Test
  void shouldMeasureInOneJvmOverTheLocalLink() throws Exception {
    JsonObject line = shortly("latency", "--sizes", "8", "--links", "local", "--buffer", "array", "--wait", "await")
        .getFirst();
    assertEquals("local", line.getString("link"));
    assertTrue(line.getBoolean("in_jvm"));
    assertEquals("array", line.getString("buffer"));
    assertEquals("await", line.getString("wait"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldCompareWithAPeer(PeerKind peer) throws Exception {
    assumeTrue(peer.isInstalled());
    JsonObject line = shortly("latency", "--sizes", "8", "--peer", peer.title()).getFirst();
    assertEquals(peer.title(), line.getString("peer_name"));
    assertEquals(line.getDouble("ours") / line.getDouble("peer"), line.getDouble("ratio"),
        line.getDouble("ratio") / 1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "names", "names --scope global"})
  void shouldMeasureWhatProcessesDoThatMeet(String benchmark) throws Exception {
    JsonObject line = shortly((benchmark + " --links shm").split(" ", -1)).getFirst();
    assertTrue(line.fieldNames().containsAll(FIELDS), line::encode);
    assertEquals(benchmark.replace(" --scope ", "_"), line.getString("bench"));
    assertEquals("us", line.getString("unit"));
    assertTrue(line.getDouble("ours") > 0, line::encode);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCompareNamesWithAPeer(PeerKind peer) throws Exception {
    assumeTrue(peer.isInstalled());
    for (String scope : List.of("local", "global")) {
      JsonObject line = shortly("names", "--scope", scope, "--peer", peer.title()).getFirst();
      assertEquals(peer.title(), line.getString("peer_name"));
      assertTrue(line.getDouble("peer") > 0, line::encode);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldCompareConnectionsWithAPeerOrSayWhyItHasNone(PeerKind peer) throws Exception {
    assumeTrue(peer.isInstalled());
    JsonObject line = shortly("connect", "--peer", peer.title()).getFirst();
    assertEquals(peer.title(), line.getString("peer_name"));
    assertNotEquals(line.getValue("peer") == null, line.getValue("note") == null, line::encode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "openmpi", "mpich"})
  void shouldTimeTheStartOfRanks(String peer) throws Exception {
    assumeTrue(peer.isEmpty() || PeerKind.valueOf(peer.toUpperCase(Locale.ROOT)).isInstalled());
    List<JsonObject> lines = bench(peer.isEmpty() ? new String[] {"startup", "-n", "2", "--repetitions", "1"}
        : new String[] {"startup", "-n", "2", "--repetitions", "1", "--peer", peer});
    assertEquals(List.of("startup_init", "startup_end", "startup_init", "startup_end"),
        lines.stream().map(line -> line.getString("bench")).toList());
    assertEquals(List.of(false, false, true, true), lines.stream().map(line -> line.getBoolean("in_jvm")).toList());
    for (JsonObject line : lines) {
      assertTrue(line.fieldNames().containsAll(FIELDS), line::encode);
      assertEquals(peer.isEmpty(), line.getValue("peer") == null, line::encode);
    }
    assertTrue(lines.get(0).getDouble("ours") < lines.get(1).getDouble("ours"), lines::toString);
  }

  @Test
  void shouldCountFramesOfManyRanks() throws Exception {
    List<JsonObject> lines = bench("scale", "--ranks", "32", "--repetitions", "3");
    JsonObject frames = lines.stream().filter(line -> line.getString("bench").equals("scale_barrier_frames"))
        .findFirst().orElseThrow();
    assertEquals(5, frames.getDouble("ours"), "32 ranks exchange in pairs");
  }

  @Test
  void shouldTellTimeAndGarbageOfAPart() throws Exception {
    List<JsonObject> lines = bench("parts", "--include", "promise", "--quick");
    assertEquals(List.of("ns", "B"), lines.stream().map(line -> line.getString("unit")).toList());
    for (JsonObject line : lines) {
      assertTrue(line.fieldNames().containsAll(FIELDS), line::encode);
      assertEquals("parts_promise_alone_complete", line.getString("bench"));
      assertTrue(line.getDouble("ours") > 0, line::encode);
    }
  }

  @Test
  void shouldMeasureAMessageWithinAJvm() throws Exception {
    List<JsonObject> lines = bench("parts", "--include", "message", "--quick");
    assertEquals(List.of(8, 8, 1 << 20, 1 << 20), lines.stream().map(line -> line.getInteger("size")).toList());
    assertTrue(lines.stream().allMatch(line -> line.getString("link").equals("local")), lines::toString);
  }

  @Test
  void shouldRefuseAPartThatIsNotThere() {
    assertNotEquals(0, VertxMpi.run("bench", "parts", "--include", "nothing of this name", "--quick"));
  }

  @Test
  void shouldMeasureManyNames() throws Exception {
    List<JsonObject> lines = bench("names-scale", "--names", "3000");
    List<String> found = lines.stream().map(line -> line.getString("bench")).toList();
    assertTrue(found.containsAll(List.of("names_publish", "names_bytes", "names_lookup_few", "names_lookup_many",
        "names_lookup_many_p99", "names_lookup_leavers", "names_list", "names_unpublish_all")), found::toString);
    for (JsonObject line : lines) {
      assertTrue(line.getDouble("ours") > 0, line::encode);
      assertEquals(3000, line.getInteger("size"));
    }
  }

  @Test
  void shouldRefuseNumbersOfNamesThatCannotBe() {
    assertEquals(2, VertxMpi.run("bench", "names-scale", "--names", "0"));
  }
}
