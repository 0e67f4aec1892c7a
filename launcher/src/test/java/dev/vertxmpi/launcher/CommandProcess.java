package dev.vertxmpi.launcher;

import dev.vertxmpi.launcher.job.JvmCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A command that runs as a process of its own, and what it prints. */
final class CommandProcess implements AutoCloseable {

  private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final Pattern RANK = Pattern.compile("vertx-mpi: rank (\\d+) is process (\\d+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  CommandProcess(ProcessBuilder builder) throws IOException {
    process = builder.start();
    readers = List.of(reader(process.inputReader(StandardCharsets.UTF_8), out),
        reader(process.errorReader(StandardCharsets.UTF_8), err));
  }

  private static Thread reader(BufferedReader in, List<String> lines) {
    return Thread.ofVirtual().start(() -> in.lines().forEach(lines::add));
  }

  /** The command {@code vertx-mpi} with the classes of this test; its files go to a folder. */
  static CommandProcess launcher(Path temporary, String... args) throws IOException {
    return launcher(temporary, Map.of(), args);
  }

  /** The same, with more in its environment. */
  static CommandProcess launcher(Path temporary, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary, "-cp", classPath(),
        VertxMpi.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new CommandProcess(builder);
  }

  /** A JVM that our launcher has not started; its files go to a folder. */
  static CommandProcess java(Path temporary, Class<?> main, String... args) throws IOException {
    return java(temporary, Map.of(), List.of(), main, args);
  }

  /** The same, with more in its environment, and a launcher of somebody else in front. */
  static CommandProcess java(Path temporary, Map<String, String> environment, List<String> launcher, Class<?> main,
      String... args) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    command.addAll(QUICK);
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", classPath(), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new CommandProcess(builder);
  }

  /** What the installed command would have, and the tests. ArchUnit's logging facade prints to standard error. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("slf4j")).collect(Collectors.joining(File.pathSeparator));
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
  }

  /** Types a line, and keeps the input open for more. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  List<String> out() {
    return out;
  }

  List<String> err() {
    return err;
  }

  /** Waits until so many lines on standard output contain a text. */
  void awaitOut(String part, int times) {
    await(out, part, times);
  }

  void awaitErr(String part) {
    await(err, part, 1);
  }

  private void await(List<String> lines, String part, int times) {
    Awaitility.await().atMost(LIMIT).until(() -> count(lines, part) >= times || !process.isAlive());
    if (count(lines, part) < times) {
      throw new AssertionError("no \"" + part + "\" in " + out + " and " + err);
    }
  }

  private static long count(List<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  /** The processes of the ranks, which {@code --verbose} names. */
  Map<Integer, ProcessHandle> ranks(int size) {
    return Awaitility.await().atMost(LIMIT).until(() -> {
      Map<Integer, ProcessHandle> ranks = new TreeMap<>();
      for (String line : err) {
        Matcher matcher = RANK.matcher(line);
        if (matcher.matches()) {
          ProcessHandle.of(Long.parseLong(matcher.group(2)))
              .ifPresent(handle -> ranks.put(Integer.parseInt(matcher.group(1)), handle));
        }
      }
      return ranks;
    }, ranks -> ranks.size() == size);
  }

  /** Sends a signal, such as {@code TERM}. */
  static void kill(String signal, ProcessHandle target) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(target.pid())).inheritIO().start().waitFor();
  }

  /** Waits for the end; afterwards all lines are there. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the command does not end; it printed " + out + " and " + err);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
