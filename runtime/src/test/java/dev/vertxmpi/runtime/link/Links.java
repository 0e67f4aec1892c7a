package dev.vertxmpi.runtime.link;

import dev.vertxmpi.spi.link.LinkProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The links that tests run over: those that are there, of {@code -Dvertx-mpi.test.links=local,shm,tcp,bus}. One alone
 * makes every test run over it, also those that need but one link.
 */
public final class Links {

  private static final List<String> ASKED =
      List.of(System.getProperty("vertx-mpi.test.links", "local,shm,tcp,bus").split(","));

  private static final Set<String> PROVIDED = ServiceLoader.load(LinkProvider.class).stream()
      .map(provider -> provider.get().name()).collect(Collectors.toSet());

  private Links() {
  }

  /** All links, best first. */
  public static List<String> all() {
    List<String> all = ASKED.stream().filter(PROVIDED::contains).toList();
    if (all.isEmpty()) {
      throw new IllegalStateException("none of " + ASKED + " is among the links " + PROVIDED);
    }
    return all;
  }

  /** The link of tests that need but one. */
  public static String first() {
    return all().getFirst();
  }

  /** Those that lead from one process to another. */
  public static List<String> betweenProcesses() {
    return all().stream().filter(link -> !link.equals("local")).toList();
  }

  /** Whether a link is to be tested. */
  public static boolean has(String link) {
    return all().contains(link);
  }

  /** Each link with some seeds for random numbers: many for the fast ones. */
  public static Stream<Arguments> seeded() {
    return all().stream().flatMap(link -> LongStream.rangeClosed(1, link.equals("bus") ? 1 : 3)
        .mapToObj(seed -> Arguments.of(link, seed + link.length())));
  }
}
