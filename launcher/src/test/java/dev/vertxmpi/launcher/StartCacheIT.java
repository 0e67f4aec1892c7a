package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.cache.WarmUp;
import dev.vertxmpi.launcher.programs.Echo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of an installation, with a cache of its own. */
class StartCacheIT {

  @TempDir
  private Path folder;

  @BeforeEach
  void install() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(Path.of("..", "bin", "vertx-mpi"), folder.resolve("bin/vertx-mpi"));
    Path lib = Files.createDirectory(folder.resolve("lib"));
    int number = 0;
    for (String entry : CommandProcess.classPath().split(File.pathSeparator)) {
      Path path = Path.of(entry);
      Path jar = lib.resolve(number++ + ".jar");
      if (Files.isDirectory(path)) {
        pack(path, jar);
      } else if (Files.exists(path)) {
        Files.copy(path, jar);
      }
    }
  }

  private static void pack(Path from, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar)); Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(from.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
      }
    }
  }

  private CommandProcess start(Path cache, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Stream.concat(Stream.of(folder.resolve("bin/vertx-mpi").toString()), Stream.of(args)).toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("VERTX_MPI") || name.startsWith("JAVA"));
    builder.environment().put("VERTX_MPI_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("VERTX_MPI_CACHE", cache.toString());
    return new CommandProcess(builder);
  }

  private static void runs(CommandProcess started) throws Exception {
    try (CommandProcess process = started) {
      process.type("");
      assertEquals(0, process.exitCode(), process.err()::toString);
      assertEquals(List.of("[0] rank 0 of 2 got [x] ", "[1] rank 1 of 2 got [x] "),
          process.out().stream().sorted().toList());
    }
  }

  private static List<String> names(Path cache) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void shouldMakeAFileThatTheJvmTakes() throws Exception {
    Path cache = folder.resolve("cache");
    runs(start(cache, "run", "-n", "2", "--", Echo.class.getName(), "x"));
    // Another JVM makes it, with all that a JVM does for that, at the lowest priority.
    Awaitility.await().atMost(Duration.ofMinutes(4)).until(() -> names(cache).size() == 1
        && names(cache).getFirst().endsWith(".aot"));
    try (CommandProcess strict = start(cache, "java", "-XX:AOTMode=on", WarmUp.class.getName(), "nothing")) {
      assertEquals(0, strict.exitCode(), strict.err()::toString);
    }
    runs(start(cache, "run", "-n", "2", "--", Echo.class.getName(), "x"));
    assertEquals(1, names(cache).size(), "there is nothing more to make");
    // A file that does not fit is no error, and no news.
    Files.writeString(cache.resolve(names(cache).getFirst()), "nonsense");
    try (CommandProcess process = start(cache, "run", "--", Echo.class.getName(), "x")) {
      process.type("");
      assertEquals(0, process.exitCode(), process.err()::toString);
      assertEquals(List.of("[0] rank 0 of 1 got [x] "), process.out());
      assertTrue(process.err().stream().noneMatch(line -> line.contains("AOT")), process.err()::toString);
    }
  }

  @Test
  void shouldRunWhereNoFolderCanBeMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    runs(start(file.resolve("cache"), "run", "-n", "2", "--", Echo.class.getName(), "x"));
    assertEquals("in the way", Files.readString(file));
  }
}
