package dev.vertxmpi.hazelcast.impl;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * The one connection of a process to its name servers. It begins with the first call; one that went down is replaced
 * by the next call. Callers that come while an attempt is under way share its outcome.
 */
final class NameClient {

  /** An attempt to connect, first or again, lasts this long. */
  static final int CONNECT_MILLIS = 3000;

  private static final Map<String, String> PROPERTIES = Map.of(
      "hazelcast.logging.type", "jdk",
      "hazelcast.client.invocation.timeout.seconds", "5",
      "hazelcast.client.heartbeat.interval", "1000",
      "hazelcast.client.heartbeat.timeout", "5000",
      "hazelcast.client.io.input.thread.count", "1",
      "hazelcast.client.io.output.thread.count", "1",
      "hazelcast.client.response.thread.count", "1",
      "hazelcast.client.event.thread.count", "1");

  private final List<Endpoint> servers;
  private final String holder;
  private CompletableFuture<HazelcastInstance> attempt;
  private boolean closed;

  NameClient(List<Endpoint> servers, String holder) {
    this.servers = List.copyOf(servers);
    this.holder = holder;
  }

  /** The running client; blocks while it connects. */
  HazelcastInstance connected() {
    CompletableFuture<HazelcastInstance> current;
    boolean first = false;
    synchronized (this) {
      if (closed) {
        throw new MpiException(ErrorClass.SERVICE, "the name service is closed");
      }
      if (attempt == null || (attempt.isDone() && !runs(attempt))) {
        attempt = new CompletableFuture<>();
        first = true;
      }
      current = attempt;
    }
    if (first) {
      connect(current);
    }
    try {
      return current.join();
    } catch (CompletionException e) {
      throw unreachable(e.getCause());
    }
  }

  private static boolean runs(CompletableFuture<HazelcastInstance> attempt) {
    return !attempt.isCompletedExceptionally() && attempt.join().getLifecycleService().isRunning();
  }

  private void connect(CompletableFuture<HazelcastInstance> outcome) {
    try {
      outcome.complete(HazelcastClient.newHazelcastClient(config()));
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private ClientConfig config() {
    HazelcastLog.apply();
    ClientConfig config = new ClientConfig();
    config.setClusterName(NameServers.CLUSTER);
    config.addLabel(Leases.label(holder));
    PROPERTIES.forEach(config::setProperty);
    config.getNetworkConfig().setAddresses(servers.stream().map(Endpoint::toString).toList())
        .setConnectionTimeout(CONNECT_MILLIS)
        // A server that ends, even in order, closes the connection on calls that are under way. They go to another
        // server then; the table knows its own change where the first had made it already.
        .setRedoOperation(true);
    config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
    config.getConnectionStrategyConfig().setAsyncStart(false).setReconnectMode(ReconnectMode.ON)
        .getConnectionRetryConfig().setInitialBackoffMillis(100).setMaxBackoffMillis(500).setMultiplier(2)
        .setClusterConnectTimeoutMillis(CONNECT_MILLIS);
    // The servers wait for each other's word, and say so where it does not come; a client would take silence for yes.
    config.setBackupAckToClientEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getSerializationConfig().setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
    return config;
  }

  MpiException unreachable(Throwable cause) {
    return new MpiException(ErrorClass.SERVICE, "no name server reachable at "
        + servers.stream().map(Endpoint::toString).collect(Collectors.joining(", ")), cause);
  }

  /** Whether calls would be answered by a client that is there already. */
  synchronized boolean isConnected() {
    return attempt != null && attempt.isDone() && runs(attempt);
  }

  /** Blocks until the client is gone. */
  void close() {
    CompletableFuture<HazelcastInstance> last;
    synchronized (this) {
      closed = true;
      last = attempt;
    }
    if (last != null) {
      last.handle((client, failure) -> client).thenAccept(client -> {
        if (client != null) {
          client.shutdown();
        }
      }).join();
    }
  }
}
