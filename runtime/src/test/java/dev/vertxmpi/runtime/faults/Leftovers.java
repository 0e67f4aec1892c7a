package dev.vertxmpi.runtime.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds that a library could leave behind.
 *
 * @param descriptors how many of each sort
 * @param threads how many of each name, without their numbers
 */
public record Leftovers(Map<String, Long> descriptors, Map<String, Long> threads) {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String OURS = "vertx-mpi-";
  /** Threads that others start and end as they like. */
  private static final List<String> TRANSIENT =
      List.of("process reaper", "ForkJoinPool", "globalEventExecutor", "awaitility", "surefire",
          "vertx-blocked-thread-checker");

  /** What is there now. */
  public static Leftovers now() throws IOException {
    return new Leftovers(openDescriptors(), liveThreads());
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

  private static Map<String, Long> count(Stream<String> names) {
    return names.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
