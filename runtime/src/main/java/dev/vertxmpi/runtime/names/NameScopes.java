package dev.vertxmpi.runtime.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.runtime.cluster.Clusters;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The name services of a rank, each opened on first use.
 *
 * <pre>
 *   local    in no cluster: the names of this JVM      in one: those of the cluster, by a provider; it is joined now
 *   global   the configured name servers, by a provider; none where no server is configured
 * </pre>
 *
 * <p>Providers are searched for on a worker thread: loading classes blocks. Thread-safe.
 */
public final class NameScopes {

  private final Vertx vertx;
  private final String scope;
  private final List<String> servers;
  private final Supplier<Optional<PublishingKey>> key;
  private volatile Consumer<NameEntry> lost = entry -> { };
  private Future<NameService> local;
  private Future<NameService> global;
  private Future<Void> closed;

  /**
   * No service is opened yet.
   *
   * @param vertx of the rank
   * @param scope name of the local scope: the first job of those that spawned each other
   * @param servers of the global scope, host:port each; may be empty
   */
  public NameScopes(Vertx vertx, String scope, List<String> servers) {
    this(vertx, scope, servers, Optional::empty);
  }

  /**
   * No service is opened yet.
   *
   * @param vertx of the rank
   * @param scope name of the local scope: the first job of those that spawned each other
   * @param servers of the global scope, host:port each; may be empty
   * @param key asked for when the global scope is opened, on a worker thread: it may be in a file
   */
  public NameScopes(Vertx vertx, String scope, List<String> servers, Supplier<Optional<PublishingKey>> key) {
    this.vertx = vertx;
    this.scope = scope;
    this.servers = List.copyOf(servers);
    this.key = key;
  }

  /**
   * Says who is told of names that did not survive.
   *
   * @param listener as for {@link NameService#onLost}, for both scopes
   */
  public void onLost(Consumer<NameEntry> listener) {
    lost = listener;
  }

  /**
   * The local scope.
   *
   * @return its service; {@link ErrorClass#SERVICE} where nobody provides one
   */
  public synchronized Future<NameService> local() {
    if (closed != null) {
      return closedAlready();
    }
    if (local == null || local.failed()) {
      local = Clusters.clustered(vertx).map(cluster -> cluster.compose(member ->
              provided(provider -> provider.local(member, scope), "nothing provides names for this cluster")))
          .orElseGet(() -> Future.succeededFuture(new InJvmNameService(vertx, scope)));
    }
    return local;
  }

  /**
   * Whether name servers are configured.
   *
   * @return false where there is no global scope
   */
  public boolean hasGlobal() {
    return !servers.isEmpty();
  }

  /**
   * The global scope.
   *
   * @return its service; {@link ErrorClass#SERVICE} where no server is configured or nobody provides one
   */
  public synchronized Future<NameService> global() {
    if (closed != null) {
      return closedAlready();
    }
    if (servers.isEmpty()) {
      return Future.failedFuture(new MpiException(ErrorClass.SERVICE,
          "the global scope needs a name server, but none is configured"));
    }
    if (global == null || global.failed()) {
      global = provided(provider -> provider.global(vertx, servers, key.get().orElse(null)),
          "nothing provides names from name servers");
    }
    return global;
  }

  private static Future<NameService> closedAlready() {
    return Future.failedFuture(new MpiException(ErrorClass.SERVICE, "the rank is closed"));
  }

  private Future<NameService> provided(Function<NameServiceProvider, Optional<NameService>> open, String otherwise) {
    return vertx.executeBlocking(() -> NameServiceProvider.all().stream().map(open).flatMap(Optional::stream)
        .findFirst().orElseThrow(() -> new MpiException(ErrorClass.SERVICE, otherwise
            + ": add vertx-mpi-name-service-hazelcast to the class or module path")), false)
        .onSuccess(service -> service.onLost(entry -> lost.accept(entry)));
  }

  /**
   * Lets go of the services.
   *
   * @return settles when nothing is left open
   */
  public synchronized Future<Void> close() {
    if (closed == null) {
      closed = close(local).eventually(() -> close(global));
    }
    return closed;
  }

  private static Future<Void> close(Future<NameService> service) {
    return service == null ? Future.succeededFuture()
        : service.transform(open -> open.succeeded() ? open.result().close() : Future.succeededFuture());
  }
}
