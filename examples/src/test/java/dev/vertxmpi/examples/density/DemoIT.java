package dev.vertxmpi.examples.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DemoIT {

  @TempDir
  private Path folder;

  private DemoProcess demo(String... arguments) throws IOException {
    return DemoProcess.start(folder.resolve("scratch"), arguments);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void shouldDrawTheUnitedStates() throws Exception {
    Path picture = folder.resolve("us.png");
    Path grid = folder.resolve("us.grid");
    try (DemoProcess demo = demo("--out", picture.toString(), "--grid-file", grid.toString(), "--grid", "200x100")) {
      assertEquals(0, demo.exitCode(), () -> String.join("\n", demo.err()));
      assertTrue(demo.out().stream().anyMatch(line -> line.matches("records +42,049 counted by 4 ranks, 0 skipped")),
          () -> String.join("\n", demo.out()));
      assertTrue(demo.out().stream().anyMatch(line -> line.startsWith("link shm")), () -> demo.out().toString());
      assertEquals(List.of(), demo.err());
    }
    BufferedImage image = ImageIO.read(picture.toFile());
    assertTrue(image.getWidth() > 1000);
    long[] counts = counts(grid);
    assertEquals(200 * 100, counts.length);
    assertEquals(42_049, LongStream.of(counts).sum());
    assertNothingLeft();
  }

  private static long[] counts(Path grid) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(grid)).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.range(0, bytes.capacity() / Long.BYTES).mapToLong(i -> bytes.getLong(i * Long.BYTES)).toArray();
  }

  @Test
  void shouldTakeAnyFileWithTwoColumnsOfNumbers() throws Exception {
    Path csv = folder.resolve("stars.csv");
    Files.writeString(csv, "id,ra,dec\n" + String.join("\n",
        IntStream.range(0, 1000).mapToObj(i -> i + "," + i % 10 + "," + i / 100).toList()));
    Path grid = folder.resolve("stars.grid");
    try (DemoProcess demo = demo("--csv", csv.toString(), "--x", "ra", "--y", "dec", "--ranks", "3", "--grid", "10x10",
        "--grid-file", grid.toString())) {
      assertEquals(0, demo.exitCode(), () -> String.join("\n", demo.err()));
    }
    long[] tens = new long[100];
    Arrays.fill(tens, 10);
    assertArrayEquals(tens, counts(grid));
    assertTrue(Files.exists(folder.resolve("density.png")));
  }

  @Test
  void shouldEndWhenARankIsKilled() throws Exception {
    try (DemoProcess demo = demo("--out", folder.resolve("us.png").toString())) {
      demo.awaitLine(line -> line.contains("reading"));
      List<ProcessHandle> started = demo.descendants();
      ProcessHandle victim = demo.servers().getLast();
      victim.destroyForcibly();
      assertEquals(128 + 9, demo.exitCode());
      assertTrue(demo.err().stream().anyMatch(line -> line.matches(".*rank \\d died: killed by signal 9.*")),
          () -> String.join("\n", demo.err()));
      assertTrue(demo.err().stream().noneMatch(line -> line.startsWith("\tat ")), () -> String.join("\n", demo.err()));
      assertEquals(List.of(), started.stream().filter(ProcessHandle::isAlive).toList());
    }
    assertNothingLeft();
  }

  private void assertOneLine(String rule, String... arguments) throws Exception {
    try (DemoProcess demo = demo(arguments)) {
      assertTrue(demo.exitCode() != 0);
      assertEquals(1, demo.err().size(), () -> String.join("\n", demo.err()));
      assertTrue(demo.err().getFirst().contains(rule), () -> demo.err().getFirst());
    }
    assertNothingLeft();
  }

  @Test
  void shouldNameAMissingColumn() throws Exception {
    Path csv = Files.writeString(folder.resolve("points.csv"), "a,b\n1,2\n");
    assertOneLine("points.csv: line 1: there is no column 'lon'; the columns are a, b",
        "--csv", csv.toString(), "--x", "lon", "--y", "b", "--ranks", "2");
  }

  @Test
  void shouldNameAMissingFile() throws Exception {
    assertOneLine("nowhere.csv", "--csv", folder.resolve("nowhere.csv").toString(), "--x", "a", "--y", "b",
        "--ranks", "2");
  }

  @Test
  void shouldRefuseABadGridBeforeAnythingStarts() throws Exception {
    assertOneLine("--grid must be WIDTHxHEIGHT", "--grid", "10by10");
  }
}
