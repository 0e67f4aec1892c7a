package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.SpawnOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Checks whether programs may be started here: the info keys {@code host} and {@code arch}, and what goes together. */
final class Placement {

  private Placement() {
  }

  /** What can be said at once. Null where nothing is wrong. */
  static MpiException wrong(List<SpawnOptions> programs) {
    if (programs == null || programs.isEmpty()) {
      return new MpiException(ErrorClass.ARG, "programs must name at least one at the root");
    }
    long verticles = programs.stream().filter(program -> program.getVerticles().isPresent()).count();
    if (verticles > 0 && verticles < programs.size()) {
      return new MpiException(ErrorClass.ARG, "programs must be all verticles or all processes");
    }
    for (SpawnOptions program : programs) {
      if (program.count().isEmpty()) {
        return new MpiException(ErrorClass.SPAWN, "soft welcomes no number of ranks from 1 to "
            + program.getProcesses() + ", but is '" + program.getSoft().orElseThrow() + "'");
      }
      String arch = program.getArch().map(Placement::sameNames).orElse(ours());
      if (!arch.equals(ours())) {
        return new MpiException(ErrorClass.SPAWN, "arch must be that of this JVM, " + ours() + ", but is " + arch);
      }
    }
    return null;
  }

  private static String ours() {
    return sameNames(System.getProperty("os.arch"));
  }

  private static String sameNames(String arch) {
    String lower = arch.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "x86_64" -> "amd64";
      case "arm64" -> "aarch64";
      default -> lower;
    };
  }

  /** What takes a question to the operating system, or to DNS. */
  static Future<Void> check(Vertx vertx, List<SpawnOptions> programs) {
    List<String> hosts = programs.stream().flatMap(program -> program.getHost().stream()).distinct().toList();
    return hosts.isEmpty() ? Future.succeededFuture() : vertx.executeBlocking(() -> {
      for (String host : hosts) {
        if (!isThisHost(host)) {
          throw new MpiException(ErrorClass.SPAWN, "host must be this host, but is " + host
              + ": ranks of other hosts are started by the launcher of the cluster");
        }
      }
      return null;
    }, false);
  }

  private static boolean isThisHost(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(HostAddress::isOurs);
    } catch (IOException e) {
      return false;
    }
  }
}
