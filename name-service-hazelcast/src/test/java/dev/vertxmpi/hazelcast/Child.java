package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.await;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A process of its own that publishes a name and waits to be killed. */
final class Child implements AutoCloseable {

  private static final String PUBLISHED = "published by ";

  private final Process process;
  private final String member;

  private Child(Process process, String member) {
    this.process = process;
    this.member = member;
  }

  /** Publishes in the local scope, as the first member of a cluster. */
  static Child beginning(String cluster, String scope, String service) {
    return start("local", cluster, scope, service);
  }

  /** Publishes in the local scope, as one more member of a cluster. */
  static Child inCluster(String cluster, String member, String scope, String service) {
    return start("local", cluster, scope, service, member);
  }

  /** Publishes in the global scope. */
  static Child atServers(String service, String... servers) {
    return start("global", String.join(",", servers), "", service);
  }

  private static Child start(String... args) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(List.of(args));
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      while (line != null && !line.startsWith(PUBLISHED)) {
        line = out.readLine();
      }
      if (line == null) {
        throw new AssertionError("the child ended early");
      }
      return new Child(process, line.substring(PUBLISHED.length()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Where others join its cluster. */
  String member() {
    return member;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws IOException {
    NameService names;
    String member = "";
    if (args[0].equals("local")) {
      List<String> members = List.of(args).subList(4, args.length);
      Clustered clustered = await(ClusterProvider.get().join(args[1], Clusters.HOST, 0, members));
      member = clustered.member();
      names = Clusters.local(clustered.vertx(), args[2]);
    } else {
      names = Clusters.global(Vertx.vertx(), args[1].split(","));
    }
    await(names.publish(args[3], "port", new ProcessId(UUID.randomUUID(), 0, 0), true));
    System.out.println(PUBLISHED + member);
    // Ends with its parent too.
    if (System.in.read() < 0) {
      Runtime.getRuntime().halt(0);
    }
  }
}
