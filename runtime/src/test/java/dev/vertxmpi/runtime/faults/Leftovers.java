package dev.vertxmpi.runtime.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process and this host hold that a library could leave behind.
 *
 * @param descriptors how many of each sort
 * @param threads how many of each name, without their numbers
 * @param files of ours in shared memory and in the folder for temporary files
 */
public record Leftovers(Map<String, Long> descriptors, Map<String, Long> threads, List<String> files) {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String OURS = "vertx-mpi-";
  /** Threads that others start and end as they like. */
  private static final List<String> TRANSIENT =
      List.of("process reaper", "ForkJoinPool", "globalEventExecutor", "awaitility", "surefire");

  /** What is there now. */
  public static Leftovers now() throws IOException {
    return new Leftovers(openDescriptors(), liveThreads(), ourFiles());
  }

  private static Map<String, Long> openDescriptors() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return Map.of();
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return count(all.map(Leftovers::sort)
          .filter(sort -> sort.endsWith(":") || sort.startsWith("anon_inode") || sort.contains(OURS)));
    }
  }

  private static String sort(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().replaceAll("\\[?\\d+]?$", "");
    } catch (IOException e) {
      // That of the listing itself is gone by now.
      return "";
    }
  }

  private static Map<String, Long> liveThreads() {
    return count(Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(name -> TRANSIENT.stream().noneMatch(name::startsWith))
        .map(name -> name.replaceAll("\\d+", "N")));
  }

  private static List<String> ourFiles() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path folder : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          all.map(Path::toString).filter(name -> name.contains("/" + OURS)).forEach(found::add);
        }
      }
    }
    found.sort(null);
    return found;
  }

  private static Map<String, Long> count(Stream<String> names) {
    return names.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
