package dev.vertxmpi.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.job.JvmCommand;
import dev.vertxmpi.launcher.programs.Echo;
import dev.vertxmpi.launcher.programs.Lingers;
import dev.vertxmpi.launcher.programs.Throws;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/vertx-mpi}, copied into folders of its own, mostly with a JDK and a Maven that only say what they got. */
class ScriptIT {

  private static final String BUILDING = "vertx-mpi: building, the first time takes a few minutes";

  @TempDir
  private Path folder;

  private final Map<String, String> environment = new TreeMap<>();
  private Path home;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("the home"));
    Files.createDirectory(home.resolve("bin"));
    Files.copy(Path.of("..", "bin", "vertx-mpi"), script());
    executable(folder.resolve("jdk/bin/javac"), "");
    executable(folder.resolve("jdk/bin/java"), "for word in \"$@\"; do echo \"$word\"; done");
    Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.1\"\n");
    environment.put("VERTX_MPI_JAVA_HOME", folder.resolve("jdk").toString());
    environment.put("HOME", folder.toString());
    environment.put("VERTX_MPI_CACHE", "off");
    environment.put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
  }

  private Path script() {
    return home.resolve("bin/vertx-mpi");
  }

  private static void executable(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandProcess start(Path command, String... args) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(command.toString()), Stream.of(args)).toList());
    builder.directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("VERTX_MPI") || name.startsWith("JAVA"));
    builder.environment().putAll(environment);
    return new CommandProcess(builder);
  }

  private CommandProcess finished(int code, String... args) throws Exception {
    CommandProcess process = start(script(), args);
    assertEquals(code, process.exitCode(), process.err()::toString);
    return process;
  }

  /** A folder lib with one jar that names the class path of this test. */
  private void fillLib() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
        Stream.of(CommandProcess.classPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
    Files.createDirectory(home.resolve("lib"));
    new JarOutputStream(Files.newOutputStream(home.resolve("lib/all.jar")), manifest).close();
  }

  /** A source checkout with a Maven that makes a jar and counts its calls. */
  private Path checkout() throws IOException {
    Files.createDirectories(home.resolve("examples/src/main/java"));
    Files.createDirectories(home.resolve("benchmarks/src/main/java"));
    Path source = Files.writeString(home.resolve("examples/src/main/java/A.java"), "class A { }");
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    Files.writeString(folder.resolve("third party.jar"), "third");
    Path calls = folder.resolve("calls");
    executable(folder.resolve("tools/mvn"), """
        mkdir -p launcher/target
        echo launcher >launcher/target/vertx-mpi-launcher-1.jar
        mkdir '%2$s.busy' || echo overlap >>'%2$s'
        echo "$PWD $*" >>'%2$s'
        for module in examples benchmarks; do
          mkdir -p $module/target
          echo $module >$module/target/vertx-mpi-$module-1.jar
          echo $module >"$PWD/$module only.jar"
          printf %%s "$PWD/launcher/target/vertx-mpi-launcher-1.jar:%1$s/third party.jar:$PWD/$module only.jar" \
            >$module/target/runtime.classpath
        done
        rmdir '%2$s.busy'
        """.formatted(folder, calls));
    return source;
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  @Test
  void shouldRunAJobFromAnInstallationThroughLinks() throws Exception {
    fillLib();
    environment.put("VERTX_MPI_JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectory(folder.resolve("links"));
    Path outer = Files.createSymbolicLink(folder.resolve("links/outer"), Path.of("../inner"));
    Files.createSymbolicLink(folder.resolve("inner"), script());
    try (CommandProcess process = start(outer, "run", "-n", "2", "--", Echo.class.getName(), "a b")) {
      process.type("");
      assertEquals(0, process.exitCode(), process.err()::toString);
      assertEquals(List.of("[0] rank 0 of 2 got [a b] ", "[1] rank 1 of 2 got [a b] "),
          process.out().stream().sorted().toList());
      assertEquals(List.of("[0] grüße", "[1] grüße"), process.err().stream().sorted().toList());
    }
  }

  @Test
  void shouldRunAProgramAndEndWithItsLastThread() throws Exception {
    fillLib();
    environment.put("VERTX_MPI_JAVA_HOME", System.getProperty("java.home"));
    assertEquals(List.of("closed", "Netty's thread is there"), finished(0, "java", Lingers.class.getName()).out());
    CommandProcess thrown = finished(1, "java", Throws.class.getName(), "alone");
    assertTrue(thrown.err().getFirst().startsWith("Exception in thread \"main\" "), thrown.err()::toString);
    assertEquals(List.of("vertx-mpi: the class com.acme.Typo cannot be loaded: "
        + "java.lang.ClassNotFoundException: com.acme.Typo"), finished(1, "java", "com.acme.Typo").err());
  }

  @Test
  void shouldLeaveOptionsAndSourceFilesToTheJavaCommand() throws Exception {
    Files.createDirectory(home.resolve("lib"));
    for (String first : List.of("-Xmx1g", "Hello.java", "@options")) {
      List<String> words = finished(0, "java", first, "A").out();
      assertEquals(List.of("-cp", home.resolve("lib") + "/*", first, "A"),
          words.subList(words.size() - 4, words.size()));
    }
    List<String> words = finished(0, "java", "A", "-x").out();
    assertEquals(List.of(ProgramMain.class.getName(), "A", "-x"), words.subList(words.size() - 3, words.size()));
  }

  @Test
  void shouldHandOverEveryArgumentAsItIs() throws Exception {
    Files.createDirectory(home.resolve("lib"));
    List<String> words = finished(0, "run", "--", "a  b", "", "*").out();
    assertTrue(words.containsAll(JvmCommand.SILENT_START), words::toString);
    int main = words.indexOf(VertxMpi.class.getName());
    assertEquals(List.of("-cp", home.resolve("lib") + "/*"), words.subList(main - 2, main));
    assertEquals(List.of("run", "--", "a  b", "", "*"), words.subList(main + 1, words.size()));
  }

  @Test
  void shouldTakeTheFirstJdkThatFits() throws Exception {
    Files.createDirectory(home.resolve("lib"));
    Files.move(folder.resolve("jdk"), folder.resolve("newer"));
    executable(folder.resolve("older/bin/java"), "echo 'openjdk version \"1.8.0_402\"' >&2");
    environment.put("VERTX_MPI_JAVA_HOME", folder.resolve("older").toString());
    environment.put("JAVA_HOME", folder.resolve("newer").toString());
    assertTrue(finished(0, "info").out().contains("info"));
  }

  @Test
  void shouldSayWhereItLookedForAJdk() throws Exception {
    Files.writeString(script(), Files.readString(script()).replace("wanted=25", "wanted=99"));
    environment.put("JAVA_HOME", "/nowhere");
    List<String> err = finished(1, "info").err();
    assertEquals("vertx-mpi: a JDK 99 is needed, but none was found. Install one, or name its folder in "
        + "VERTX_MPI_JAVA_HOME. Looked at:", err.getFirst());
    assertTrue(err.contains("  $VERTX_MPI_JAVA_HOME: " + folder.resolve("jdk") + ", version 25"), err::toString);
    assertTrue(err.contains("  $JAVA_HOME: /nowhere, no Java there"), err::toString);
    assertTrue(err.stream().anyMatch(line -> line.contains("/usr/lib/jvm/*")), err::toString);
  }

  @Test
  void shouldSayThatThereIsNothingToStart() throws Exception {
    assertEquals(List.of("vertx-mpi: there is neither a pom.xml to build from nor a folder lib with jars in " + home),
        finished(1, "info").err());
  }

  @Test
  void shouldBuildACheckoutWhenASourceIsNewer() throws Exception {
    Path source = checkout();
    assertEquals(List.of(BUILDING), finished(0, "info").err());
    try (Stream<Path> lib = Files.list(home.resolve("target/vertx-mpi/lib"))) {
      assertEquals(List.of("benchmarks only.jar", "examples only.jar", "third party.jar", "vertx-mpi-benchmarks-1.jar",
              "vertx-mpi-examples-1.jar", "vertx-mpi-launcher-1.jar"),
          lib.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".jar")).sorted().toList());
    }
    assertEquals(List.of(), finished(0, "info").err());
    assertEquals(1, calls().size());

    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
    assertEquals(List.of(BUILDING), finished(0, "info").err());
    Files.delete(source);
    assertEquals(List.of(BUILDING), finished(0, "info").err());
    assertEquals(3, calls().size());
    assertTrue(calls().stream().allMatch(call -> call.startsWith(home + " ") && call.contains(" package ")));
  }

  @Test
  void shouldBuildOnceForAllWhoStartTogether() throws Exception {
    checkout();
    List<CommandProcess> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(script(), "info"));
    }
    for (CommandProcess process : processes) {
      assertEquals(0, process.exitCode(), process.err()::toString);
    }
    assertEquals(1, calls().size());
  }

  @Test
  void shouldShowWhyABuildFailsAndTryAgain() throws Exception {
    checkout();
    String works = Files.readString(folder.resolve("tools/mvn"));
    executable(folder.resolve("tools/mvn"), "echo 'A.java:1: semicolon expected'; exit 1");
    assertEquals(List.of(BUILDING, "A.java:1: semicolon expected", "vertx-mpi: the build has failed, see above"),
        finished(1, "info").err());
    executable(folder.resolve("tools/mvn"), works);
    assertEquals(List.of(BUILDING), finished(0, "info").err());
  }

  @Test
  void shouldSayThatMavenIsMissing() throws Exception {
    checkout();
    Files.delete(folder.resolve("tools/mvn"));
    Path tools = Files.createDirectory(folder.resolve("few"));
    for (String tool : List.of("dirname", "basename", "readlink", "sed", "head", "find", "mkdir", "flock", "bash")) {
      Path real = Stream.of("/usr/bin/", "/bin/").map(at -> Path.of(at + tool)).filter(Files::exists).findFirst()
          .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), real);
    }
    environment.put("PATH", tools.toString());
    assertEquals(List.of("vertx-mpi: the sources have to be built first, and mvn (Maven 3.8 or newer) is not on the "
        + "PATH"), finished(1, "info").err());
  }
}
