package dev.vertxmpi.runtime.cluster;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.bootstrap.LauncherRoster;
import dev.vertxmpi.runtime.vertx.CloseHooks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cluster that belongs to a {@code Vertx}: its own where it is clustered. A rank of a launched job has a plain
 * {@code Vertx}, because joining takes longer than all else of {@code init}; its cluster is joined by a second
 * {@code Vertx} on the first use of names of the local scope or of process sets. It ends with the first one.
 */
public final class Clusters {

  /** What is known of a cluster that is joined on first use. */
  private static final class Offer {

    private final Supplier<Future<LauncherRoster.Place>> place;
    private final Function<LauncherRoster.Place, Future<Vertx>> join;
    private Future<Vertx> joined;
    private boolean over;

    private Offer(Supplier<Future<LauncherRoster.Place>> place, Function<LauncherRoster.Place, Future<Vertx>> join) {
      this.place = place;
      this.join = join;
    }

    private synchronized Future<Vertx> joined() {
      if (over) {
        return Future.failedFuture(new MpiException(ErrorClass.SERVICE, "the Vertx of the rank is closed"));
      }
      if (joined == null || joined.failed()) {
        joined = place.get().compose(join);
      }
      return joined;
    }

    private synchronized Future<Void> end() {
      over = true;
      return joined == null ? Future.succeededFuture() : joined.transform(clustered ->
          clustered.succeeded() ? clustered.result().close() : Future.succeededFuture());
    }
  }

  private static final Map<Vertx, Offer> OFFERS = new WeakHashMap<>();

  private Clusters() {
  }

  /**
   * Says how to join the cluster of a {@code Vertx} that is not clustered, if it must be.
   *
   * @param vertx of a rank
   * @param place says where, each time it is asked
   * @param join joins there
   */
  public static void offer(Vertx vertx, Supplier<Future<LauncherRoster.Place>> place,
      Function<LauncherRoster.Place, Future<Vertx>> join) {
    Offer offer = new Offer(place, join);
    synchronized (OFFERS) {
      OFFERS.put(vertx, offer);
    }
    CloseHooks.add(vertx, offer::end);
  }

  private static Offer of(Vertx vertx) {
    synchronized (OFFERS) {
      return OFFERS.get(vertx);
    }
  }

  /**
   * The clustered {@code Vertx}.
   *
   * @param vertx of a rank
   * @return itself where it is clustered; else that which joins now, or has; empty where there is no cluster. Settles
   *     on any thread; after a failure, the next call tries again
   */
  public static Optional<Future<Vertx>> clustered(Vertx vertx) {
    if (vertx.isClustered()) {
      return Optional.of(Future.succeededFuture(vertx));
    }
    return Optional.ofNullable(of(vertx)).map(Offer::joined);
  }

  /**
   * Where others join the cluster of a {@code Vertx} that is not clustered itself.
   *
   * @param vertx of a rank
   * @return empty where there is no such cluster; settles on any thread
   */
  public static Optional<Future<LauncherRoster.Place>> place(Vertx vertx) {
    return Optional.ofNullable(of(vertx)).map(offer -> offer.place.get());
  }
}
