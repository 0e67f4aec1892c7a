package dev.vertxmpi.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReadmeTest {

  /** The first block of Java and the first block behind it. */
  private static final Pattern PROGRAM_AND_OUTPUT = Pattern.compile("(?s)```java\n(.*?)```\n+```\n(.*?)```");

  @TempDir
  private Path folder;

  @Test
  void shouldPrintWhatTheReadmeSays() throws IOException, InterruptedException {
    Matcher readme = PROGRAM_AND_OUTPUT.matcher(Files.readString(Path.of("..", "README.md")));
    assertEquals(true, readme.find(), "the README begins with a program and its output");
    Path program = Files.writeString(folder.resolve("Hello.java"), readme.group(1));
    Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp", System.getProperty("java.class.path"), program.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().sorted()
        .toList();
    assertEquals(0, java.waitFor());
    assertEquals(readme.group(2).lines().sorted().toList(), lines);
  }
}
