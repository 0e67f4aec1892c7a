package dev.vertxmpi.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {

  @TempDir
  private Path folder;

  private static JobSpec spec(String... args) {
    CommandLine line = CommandLines.create(List.of());
    line.parseArgs(Stream.concat(Stream.of("run"), Stream.of(args)).toArray(String[]::new));
    return line.getSubcommands().get("run").<RunCommand>getCommand().spec();
  }

  private Path jar(String mainClass) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (mainClass != null) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    Path jar = folder.resolve("app.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void shouldTakeEverythingAfterTheMainClassAsItsArguments() {
    JobSpec spec = spec("-n", "3", "--links", "tcp,bus", "-J-Xmx1g", "-J-Da=b", "com.acme.Main", "-n", "7", "--", "x");
    assertEquals("com.acme.Main", spec.getMainClass());
    assertEquals(List.of("-n", "7", "--", "x"), spec.getArguments());
    assertEquals(3, spec.getRanks());
    assertEquals(List.of("tcp", "bus"), spec.getLinks());
    assertEquals(List.of("-Xmx1g", "-Da=b"), spec.getJvmOptions());
    assertEquals(Optional.empty(), spec.getJoinTimeout());
  }

  @Test
  void shouldTakeTheWordsAfterTwoHyphens() {
    JobSpec spec = spec("--timeout", "1.5", "--name-server", "127.0.0.1:1", "--name-server=127.0.0.1:2", "--",
        "com.acme.Main", "--help");
    assertEquals("com.acme.Main", spec.getMainClass());
    assertEquals(List.of("--help"), spec.getArguments());
    assertEquals(List.of("127.0.0.1:1", "127.0.0.1:2"), spec.getNameServers());
    assertEquals(Optional.of(Duration.ofMillis(1500)), spec.getJoinTimeout());
  }

  @Test
  void shouldRunTheMainClassOfAJar() throws IOException {
    Path jar = jar("com.acme.Main");
    JobSpec spec = spec("--jar", jar.toString(), "-cp", "lib.jar", "--", "a", "--b");
    assertEquals("com.acme.Main", spec.getMainClass());
    assertEquals(jar + File.pathSeparator + "lib.jar", spec.getClassPath());
    assertEquals(List.of("a", "--b"), spec.getArguments());
  }

  @Test
  void shouldSayWhatIsWrongWithAJar() throws IOException {
    Path jar = jar(null);
    assertEquals("the manifest of " + jar + " names no Main-Class", error("--jar", jar.toString()));
    assertEquals("there is no file no.jar", error("--jar", "no.jar"));
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertTrue(error("--jar", text.toString()).startsWith("the jar " + text + " cannot be read: "));
  }

  private static String error(String... args) {
    return assertThrows(LauncherException.class, () -> spec(args)).getMessage();
  }
}
