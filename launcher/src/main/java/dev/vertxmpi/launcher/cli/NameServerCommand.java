package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerHealth;
import dev.vertxmpi.hazelcast.NameServerOptions;
import dev.vertxmpi.names.PublishingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi name-server}. */
@Command(name = "name-server", description = "Keeps the names of the global scope until it is stopped.",
    footer = {"", "When it is ready, it prints one line with its address: what --name-server of the other commands, "
        + "and VERTX_MPI_NAME_SERVERS, want. Names hold secrets and are given to everybody who asks: keep the server "
        + "behind a firewall.",
        "", "One server: names are gone with it, and come back when it is there again. Two, each the --peer of the "
        + "other: availability only. Either goes on alone, and a name may be published twice while the network between "
        + "them is cut. Three, or another odd number up to 13, each with all others as its peers: names stay unique. "
        + "More than half go on without the others after some seconds; the rest refuse calls with MPI_ERR_SERVICE "
        + "until they see more than half again. A publisher that has lost its name by then is told: its port is "
        + "closed, and answers MPI_ERR_PORT.",
        "",
        "Where VERTX_MPI_PUBLISHING_KEY_FILE (a path) or VERTX_MPI_PUBLISHING_KEY holds a key of 32 characters or "
        + "more, only processes that have the same key may publish."})
final class NameServerCommand implements Callable<Integer> {

  @Option(names = "--host", paramLabel = "HOST", defaultValue = NameServerOptions.DEFAULT_HOST,
      description = "Address to listen at, as clients reach it (default ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "" + NameServerOptions.DEFAULT_PORT,
      description = "Port to listen at, 0 for any free one (default ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--peer", paramLabel = "HOST:PORT", split = ",",
      description = "Another name server that keeps the same names; may be repeated. See below how many make sense.")
  private List<String> peers = new ArrayList<>();

  @Option(names = "--health-port", paramLabel = "PORT",
      description = "Answer HTTP at this port of the same host, 0 for any free one: GET /health is 200 where the "
          + "server accepts publications, else 503 and why not; GET /health/live is 200 while the process answers.")
  private Integer healthPort;

  @Override
  public Integer call() throws Exception {
    CompletableFuture<Integer> stopped = new CompletableFuture<>();
    try (SignalTrap _ = SignalTrap.set(stopped::complete)) {
      NameServer server = Foreground.await(
          NameServer.start(new NameServerOptions().setHost(host).setPort(port).setPeers(peers)
              .setPublishingKey(PublishingKey.of(System.getenv()).orElse(null))));
      try {
        serve(server, stopped);
      } finally {
        Foreground.await(server.close());
      }
      return 0;
    }
  }

  private void serve(NameServer server, CompletableFuture<Integer> stopped) throws Exception {
    HealthEndpoint health = healthPort == null ? null : HealthEndpoint.open(host, healthPort, server::health);
    try {
      say("name server at " + server.address());
      if (health != null) {
        say("health at " + health.uri());
      }
      stopped.get();
      NameServerHealth last = Foreground.await(server.health());
      Foreground.await(server.close());
      say("name server at " + server.address() + " has stopped; " + heirs(last));
    } finally {
      if (health != null) {
        Foreground.await(health.close());
      }
    }
  }

  private static String heirs(NameServerHealth last) {
    int others = last.members().size() - 1;
    String names = last.names() < 0 ? "the names" : last.names() == 1 ? "1 name" : last.names() + " names";
    return others < 1 ? "it was the only one, and what it kept is gone"
        : others + (others == 1 ? " other goes" : " others go") + " on with " + names;
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
