package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.spi.MemoryProvider;
import dev.vertxmpi.spi.link.LinkProvider;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code vertx-mpi info}. */
@Command(name = "info", description = "Tells versions, links, GPU support and where this runs.")
final class InfoCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.out.print(Table.of(List.of(
        List.of("vertx-mpi", Version.text()),
        List.of("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
            + System.getProperty("java.home")),
        List.of("Vert.x", versionOf("io.vertx.core.Vertx")),
        List.of("Hazelcast", versionOf("com.hazelcast.core.Hazelcast")),
        List.of("links", links()),
        List.of("GPU", gpu()),
        List.of("host", host()))));
    return 0;
  }

  private static String links() {
    return ServiceLoader.load(LinkProvider.class).stream().map(provider -> provider.get().name()).sorted()
        .collect(Collectors.joining(", ")) + " (by default " + String.join(", ", new MpiOptions().getLinks()) + ")";
  }

  private static String gpu() {
    try {
      MemoryProvider.of(MemoryKind.CUDA).allocate(1).close();
      return "CUDA memory can be had";
    } catch (MpiException e) {
      return "none: " + e.reason();
    }
  }

  private static String host() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
        + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB heap at most";
  }

  private static String versionOf(String className) {
    try {
      Class<?> type = Class.forName(className, false, InfoCommand.class.getClassLoader());
      return Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "there, of unknown version");
    } catch (ClassNotFoundException e) {
      return "not there";
    }
  }
}
