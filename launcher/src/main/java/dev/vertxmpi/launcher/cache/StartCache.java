package dev.vertxmpi.launcher.cache;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.job.JvmCommand;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes of a rank's start, loaded and linked ahead of time by the JVM (JEP 483, 514 and 515). Without a file the
 * JVM starts as ever; one that does not fit is left alone by the JVM.
 *
 * <pre>
 *   FOLDER/KEY.aot              ranks without class path and options of the user, and the launcher itself
 *   FOLDER/KEY-DIGEST.aot       a class path of jars, options such as -Xmx
 *   FOLDER/....aot.making       somebody makes it, or has failed to within the last minutes
 * </pre>
 *
 * <p>{@code bin/vertx-mpi} says where, and makes the key of the JDK and the jars.
 */
public final class StartCache {

  /** System property: the folder and the key. */
  public static final String PROPERTY = "vertx-mpi.cache";

  /** A file that the JVM refuses is no news for users. */
  private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "-Xlog:class+path=off");

  private static final long POLL_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final List<String> HARMLESS = List.of("-Xmx", "-Xms", "-Xmn", "-Xss", "-D",
      "-XX:MaxDirectMemorySize=", "-XX:MaxRAMPercentage=", "-XX:InitialRAMPercentage=");

  private StartCache() {
  }

  /**
   * Options by which the JVM of a rank starts faster.
   *
   * @param spec of its program
   * @return none where there is no file
   */
  public static List<String> options(JobSpec spec) {
    return Optional.ofNullable(System.getProperty(PROPERTY)).flatMap(prefix -> {
      List<String> options = new ArrayList<>(List.of("-D" + PROPERTY + "=" + prefix));
      file(prefix, spec).filter(Files::isReadable).ifPresent(file -> options.addAll(using(file)));
      return Optional.of(options);
    }).orElse(List.of());
  }

  /**
   * The same for a launcher that this JVM starts.
   *
   * @return none where there is no file
   */
  public static List<String> options() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(prefix -> Path.of(prefix + ".aot"))
        .filter(Files::isReadable).map(StartCache::using).orElse(List.of());
  }

  private static List<String> using(Path file) {
    List<String> options = new ArrayList<>(QUIET);
    options.add("-XX:AOTCache=" + file);
    return options;
  }

  /** The file for ranks of a program; empty where none can be made. */
  static Optional<Path> file(String prefix, JobSpec spec) {
    if (!spec.getCommand().isEmpty()
        || !spec.getJvmOptions().stream().allMatch(option -> HARMLESS.stream().anyMatch(option::startsWith))) {
      return Optional.empty();
    }
    if (spec.getClassPath().isEmpty() && spec.getJvmOptions().isEmpty()) {
      return Optional.of(Path.of(prefix + ".aot"));
    }
    StringBuilder text = new StringBuilder();
    try {
      for (String entry : spec.getClassPath().split(File.pathSeparator)) {
        if (!entry.isEmpty()) {
          Path path = Path.of(entry).toAbsolutePath();
          BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
          // The JVM takes jars alone.
          if (!found.isRegularFile()) {
            return Optional.empty();
          }
          text.append(path).append(' ').append(found.size()).append(' ').append(found.lastModifiedTime()).append('\n');
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    spec.getJvmOptions().forEach(option -> text.append(option).append('\n'));
    return Optional.of(Path.of(prefix + "-" + digest(text.toString()) + ".aot"));
  }

  private static String digest(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ next) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }

  /**
   * Has the file of a job's first program made where it is missing, by a process of low priority that goes on when this
   * one ends. Never fails.
   *
   * @param job that has ended well
   */
  public static void makeIfMissing(JobSpec job) {
    String prefix = System.getProperty(PROPERTY);
    if (prefix == null) {
      return;
    }
    file(prefix, job).ifPresent(file -> {
      try {
        if (Files.exists(file)) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } else if (claim(making(file))) {
          start(file, job);
        }
      } catch (IOException | RuntimeException e) {
        System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "no start cache is made", e);
      }
    });
  }

  /**
   * Waits for whoever makes the file of ranks without class path and options of the user, so that it does not disturb a
   * measurement. Blocks.
   *
   * @param limit how long at most
   * @return whether the file is there
   * @throws InterruptedException where this thread is asked to end
   */
  public static boolean await(Duration limit) throws InterruptedException {
    String prefix = System.getProperty(PROPERTY);
    if (prefix == null) {
      return false;
    }
    Path file = Path.of(prefix + ".aot");
    long end = System.nanoTime() + limit.toNanos();
    while (Files.exists(making(file)) && System.nanoTime() - end < 0) {
      Thread.sleep(POLL_MILLIS);
    }
    return Files.isReadable(file);
  }

  static Path making(Path file) {
    return file.resolveSibling(file.getFileName() + ".making");
  }

  /** Whether nobody else makes it. Who failed a while ago, or was ended, is forgotten. */
  static boolean claim(Path claim) throws IOException {
    try {
      Files.createFile(claim);
      return true;
    } catch (FileAlreadyExistsException e) {
      if (Files.getLastModifiedTime(claim).toInstant().isBefore(Instant.now().minus(PATIENCE))) {
        Files.setLastModifiedTime(claim, FileTime.from(Instant.now()));
        return true;
      }
      return false;
    }
  }

  private static void start(Path file, JobSpec job) throws IOException {
    List<String> command = new ArrayList<>();
    Stream.of("/usr/bin/nice", "/bin/nice").filter(name -> Files.isExecutable(Path.of(name))).findFirst()
        .ifPresent(nice -> command.addAll(List.of(nice, "-n", "19")));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmCommand.SILENT_START);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
        System.getProperty("java.class.path"), CacheMaker.class.getName(), file.toString(), job.getClassPath()));
    command.addAll(job.getJvmOptions());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(Redirect.DISCARD).redirectInput(new File("/dev/null"));
    builder.environment().keySet().removeIf(name -> name.startsWith("VERTX_MPI_"));
    builder.start();
  }
}
