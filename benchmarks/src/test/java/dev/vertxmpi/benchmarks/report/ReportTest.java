package dev.vertxmpi.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  @TempDir
  Path folder;

  private List<String> page() throws Exception {
    Report.read(Path.of(ReportTest.class.getResource("record.json").toURI())).writeTo(folder);
    return Files.readAllLines(folder.resolve("performance.md"));
  }

  private static String row(List<String> page, String... parts) {
    return page.stream().filter(line -> List.of(parts).stream().allMatch(line::contains)).findFirst().orElseThrow();
  }

  @Test
  void shouldMarkLossesOfTimesAndOfRates() throws Exception {
    List<String> page = page();
    assertTrue(row(page, "| 8 B |", "openmpi").contains("🟥"));
    assertTrue(row(page, "| 1 MiB |", "openmpi").contains("🟩"));
    assertTrue(row(page, "| 64 KiB |", "mpich").contains("🟥"), "a smaller rate is a loss");
  }

  @Test
  void shouldTellTheMachineAndWhatTheRunIsWorth() throws Exception {
    List<String> page = page();
    assertTrue(page.contains("| cpu | Some CPU |"));
    assertTrue(page.contains("**A fixture.**"));
    assertTrue(page.stream().anyMatch(line -> line.contains("scale_start")), "results without a peer count too");
  }

  @Test
  void shouldDrawWhatHasSeveralSizes() throws Exception {
    String picture = page().stream().filter(line -> line.startsWith("![")).findFirst().orElseThrow();
    Path plot = folder.resolve(picture.substring(picture.indexOf('(') + 1, picture.indexOf(')')));
    int curves = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile())
        .getElementsByTagName("polyline").getLength();
    assertEquals(2, curves, "ours and a peer");
  }
}
