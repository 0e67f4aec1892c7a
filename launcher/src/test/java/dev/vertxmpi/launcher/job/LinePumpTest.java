package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePumpTest {

  private static List<String> lines(String text, int atOnce) throws IOException {
    List<String> lines = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, atOnce));
      }
    };
    new LinePump(lines::add).drain(in);
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8192})
  void shouldCutAtLineEndsHoweverTheBytesCome(int atOnce) throws IOException {
    assertEquals(List.of("one", "", "zwölf €", "last"), lines("one\n\r\nzwölf €\r\nlast", atOnce));
  }

  @Test
  void shouldHandOverNothingForNothing() throws IOException {
    assertEquals(List.of(), lines("", 10));
    assertEquals(List.of(""), lines("\n", 10));
  }

  @Test
  void shouldCutLinesThatNeverEnd() throws IOException {
    String text = "x".repeat(3 * LinePump.MAX_LINE + 5);
    List<String> lines = lines(text, 8192);
    assertTrue(lines.stream().allMatch(line -> line.length() <= LinePump.MAX_LINE));
    assertEquals(text, String.join("", lines));
  }
}
