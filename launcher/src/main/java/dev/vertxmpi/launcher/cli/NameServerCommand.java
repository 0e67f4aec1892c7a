package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
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
        + "closed, and answers MPI_ERR_PORT."})
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

  @Override
  public Integer call() throws Exception {
    CompletableFuture<Integer> stopped = new CompletableFuture<>();
    try (SignalTrap _ = SignalTrap.set(stopped::complete)) {
      NameServer server = Foreground.await(
          NameServer.start(new NameServerOptions().setHost(host).setPort(port).setPeers(peers)));
      System.out.println("name server at " + server.address());
      System.out.flush();
      stopped.get();
      Foreground.await(server.close());
      return 0;
    }
  }
}
