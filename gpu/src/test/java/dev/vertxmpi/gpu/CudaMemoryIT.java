package dev.vertxmpi.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory of a device, against a stand-in for the driver that is built here. Without a C compiler it is skipped. */
class CudaMemoryIT {

  @TempDir
  static Path driver;

  @TempDir
  Path folder;

  @BeforeAll
  static void buildDriver() throws Exception {
    Path source = Path.of("src", "test", "native", "cuda_double.c");
    Path log = driver.resolve("gcc.log");
    Process compiler;
    try {
      compiler = new ProcessBuilder("gcc", "-shared", "-fPIC", "-O1", "-o", driver.resolve("libcuda.so.1").toString(),
          source.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      assumeTrue(false, "there is no gcc here: " + e.getMessage());
      return;
    }
    assertTrue(compiler.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, compiler.exitValue(), Files.readString(log));
  }

  private List<String> run(Map<String, String> settings, String... sizes) throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("LD_LIBRARY_PATH", driver.toString());
    String[] main = new String[sizes.length + 1];
    main[0] = ChildMain.class.getName();
    System.arraycopy(sizes, 0, main, 1, sizes.length);
    List<String> lines = Child.start(folder, List.of("--enable-native-access=ALL-UNNAMED"), entry -> true,
        environment, main).lines();
    assertEquals(List.of(), Child.left(folder));
    return lines;
  }

  private static long count(List<String> lines, String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix)).count();
  }

  @Test
  void shouldAllocateClearAndFreeOnOneThread() throws Exception {
    List<String> lines = run(Map.of(), "1000", "0", "24");
    assertTrue(lines.contains("state READY"), lines.toString());
    assertEquals(1, count(lines, "cuda retain 0 "), lines.toString());
    for (int size : new int[] {1000, 24}) {
      assertEquals(1, count(lines, "allocated " + size), lines.toString());
      assertEquals(1, count(lines, "cuda clear " + size + " "), lines.toString());
      assertEquals(1, count(lines, "cuda free " + size + " "), "freed once, also when closed twice: " + lines);
    }
    assertTrue(count(lines, "cuda free ") >= 3, lines.toString());
    assertEquals(1, lines.stream().filter(line -> line.startsWith("cuda ") && !line.startsWith("cuda init"))
        .map(line -> line.substring(line.indexOf("thread"))).distinct().count(), lines.toString());
  }

  @Test
  void shouldFreeWhenTheLastHolderLetsGo() throws Exception {
    List<String> lines = run(Map.of(), "1000");
    assertTrue(lines.contains("segment UNSUPPORTED_OPERATION"), lines.toString());
    assertTrue(lines.contains("closed BUFFER"), lines.toString());
    int freed = lines.indexOf(lines.stream().filter(line -> line.startsWith("cuda free 1000")).findFirst().orElse(""));
    assertTrue(freed > lines.indexOf("retained"), "not at close, while an operation holds it: " + lines);
  }

  @Test
  void shouldSayThatTheDeviceIsFull() throws Exception {
    List<String> lines = run(Map.of("CUDA_DOUBLE_BYTES", "5000"), "4000", "2000", "900");
    assertEquals(1, count(lines, "refused NO_MEM"), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("refused") && line.contains("2000 bytes")
        && line.contains("CUDA_ERROR_OUT_OF_MEMORY")), lines.toString());
    assertEquals(1, count(lines, "allocated 900"), lines.toString());
  }

  @Test
  void shouldSayThatThereIsNoDevice() throws Exception {
    for (var setting : Map.of("CUDA_DOUBLE_DEVICES", "0", "CUDA_DOUBLE_INIT", "100").entrySet()) {
      List<String> lines = run(Map.ofEntries(setting), "10");
      assertTrue(lines.contains("state NO_DEVICE"), lines.toString());
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("refused NO_MEM") && line.contains("no device")),
          lines.toString());
    }
  }

  @Test
  void shouldPassOnWhatElseTheDriverSays() throws Exception {
    List<String> lines = run(Map.of("CUDA_DOUBLE_INIT", "803"), "10");
    assertTrue(lines.contains("state ERROR"), lines.toString());
    assertTrue(lines.stream().anyMatch(line -> line.contains("CUDA_ERROR_SYSTEM_DRIVER_MISMATCH")), lines.toString());
  }
}
