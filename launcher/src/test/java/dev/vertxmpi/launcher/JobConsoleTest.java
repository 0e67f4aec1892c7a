package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobEvent.Kind;
import dev.vertxmpi.launcher.OutputHandler.Source;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobConsoleTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final JobConsole console = new JobConsole(stream(out), stream(err));

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void shouldPutTheRankInFrontAndKeepTheStreamsApart() {
    console.line(1, Source.OUT, "größer");
    console.line(12, Source.ERR, "");
    assertEquals(List.of("[1] größer"), lines(out));
    assertEquals(List.of("[12] "), lines(err));
  }

  @Test
  void shouldLeaveLinesAloneWhenAsked() {
    console.setPrefix(false).setColour(true).line(1, Source.OUT, "plain");
    assertEquals(List.of("plain"), lines(out));
  }

  @Test
  void shouldColourTheRankAlone() {
    console.setColour(true).line(1, Source.OUT, "text");
    assertEquals(List.of("\033[33m[1]\033[0m text"), lines(out));
  }

  @Test
  void shouldTellOnlyWhatNeedsAttentionUnlessVerbose() {
    JobEvent waiting = new JobEvent(Kind.WAITING, List.of(2), "waiting for rank 2 to call Mpi.init");
    JobEvent joined = new JobEvent(Kind.JOINED, List.of(2), "all ranks have joined");
    console.accept(joined);
    console.accept(waiting);
    assertEquals(List.of("vertx-mpi: waiting for rank 2 to call Mpi.init"), lines(err));
    console.setVerbose(true).accept(joined);
    assertEquals("vertx-mpi: all ranks have joined", lines(err).getLast());
  }

  @Test
  void shouldNeverMixLines() {
    IntStream.range(0, 4000).parallel().forEach(i -> console.line(i % 4, Source.OUT, "x".repeat(100)));
    List<String> lines = lines(out);
    assertEquals(4000, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.matches("\\[[0-3]\\] x{100}")));
  }
}
