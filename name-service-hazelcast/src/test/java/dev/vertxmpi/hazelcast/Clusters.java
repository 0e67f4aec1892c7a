package dev.vertxmpi.hazelcast;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.ClusterProvider;
import dev.vertxmpi.spi.ClusterProvider.Clustered;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clusters on loopback, and the providers as {@code ServiceLoader} finds them. */
public final class Clusters {

  public static final String HOST = "127.0.0.1";

  private Clusters() {
  }

  public static String freshName() {
    return "test-" + UUID.randomUUID();
  }

  public static Clustered begin(String name) {
    return await(ClusterProvider.get().join(name, HOST, 0, List.of()));
  }

  public static Clustered join(String name, Clustered member) {
    return await(ClusterProvider.get().join(name, HOST, 0, List.of(member.member())));
  }

  public static NameServiceProvider names() {
    return NameServiceProvider.all().getFirst();
  }

  public static NameService local(Vertx vertx, String scope) {
    return names().local(vertx, scope).orElseThrow();
  }

  public static NameService global(Vertx vertx, String... servers) {
    return names().global(vertx, List.of(servers)).orElseThrow();
  }

  /** The result; a failure is thrown. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The error. */
  public static MpiException failure(Future<?> future) {
    try {
      Object result = future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
      throw new AssertionError("succeeded with " + result);
    } catch (ExecutionException e) {
      return assertInstanceOf(MpiException.class, e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("does not settle", e);
    }
  }

  /** A port that nobody listens at, most likely for a while. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
