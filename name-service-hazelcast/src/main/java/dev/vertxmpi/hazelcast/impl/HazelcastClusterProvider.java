package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.ClusterProvider;
import io.vertx.core.Future;
import io.vertx.core.VertxBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Clusters Vert.x by Hazelcast.
 *
 * <p>A member that was told whom to join and found nobody fails within {@link #DEADLINE}, mostly within two seconds,
 * and leaves nothing behind: it never begins a cluster of its own in silence. The exception is a member that finds its
 * own address among those to join: a list that all members share, where somebody has to be the first.
 */
public final class HazelcastClusterProvider implements ClusterProvider {

  /** Joining takes about a second, but ten where eight members start at once on two busy cores. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Used by {@link java.util.ServiceLoader}. */
  public HazelcastClusterProvider() {
  }

  @Override
  public Future<Clustered> join(String name, String host, int port, List<String> members, VertxBuilder builder) {
    Objects.requireNonNull(name);
    Objects.requireNonNull(host);
    Objects.requireNonNull(builder);
    List<String> asked = List.copyOf(members);
    CompletableFuture<Clustered> result = new CompletableFuture<>();
    Thread.ofVirtual().name("vertx-mpi join").start(() -> {
      try {
        start(name, host, port, asked, builder, result);
      } catch (LinkageError e) {
        result.completeExceptionally(new MpiException(ErrorClass.UNSUPPORTED_OPERATION,
            "a clustered Vert.x needs vertx-hazelcast on the class or module path", e));
      } catch (Throwable e) {
        result.completeExceptionally(MpiException.of(e));
      }
    });
    return Future.fromCompletionStage(result.orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS))
        .recover(failure -> Future.failedFuture(failure instanceof TimeoutException ? late(name, failure) : failure));
  }

  private static void start(String name, String host, int port, List<String> members, VertxBuilder builder,
      CompletableFuture<Clustered> result) {
    if (name.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, "a cluster's name must not be empty");
    }
    Endpoint.checkPort("port", port, 0);
    String address = Endpoint.listenAt(host);
    List<Endpoint> wanted = Endpoint.parseAll(members).stream().map(Endpoint::resolved).toList();
    new ClusteredVertx(name, address, port, wanted, builder).start().onComplete(started -> {
      if (started.failed()) {
        result.completeExceptionally(started.cause());
      } else if (!result.complete(started.result())) {
        // Too late: nobody waits for it any more.
        started.result().vertx().close();
      }
    });
  }

  private static MpiException late(String name, Throwable failure) {
    return new MpiException(ErrorClass.TIMEOUT,
        "cluster '" + name + "' could not be joined within " + DEADLINE.toSeconds() + " s", failure);
  }
}
