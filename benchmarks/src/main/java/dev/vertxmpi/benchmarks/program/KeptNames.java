package dev.vertxmpi.benchmarks.program;

import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A name server that says, for each line that it is sent, how much of its heap is in use; it ends with its input. */
public final class KeptNames {

  private KeptNames() {
  }

  /**
   * Serves at any free port, and prints its address first.
   *
   * @param args none
   * @throws IOException where the input breaks
   */
  public static void main(String[] args) throws IOException {
    NameServer server = NameServer.start(new NameServerOptions().setPort(0)).toCompletionStage().toCompletableFuture()
        .join();
    System.out.println(server.address());
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      System.out.println(Heap.used());
    }
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
