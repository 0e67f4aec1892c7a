package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * Chooses the one loop of a rank that looks at the rings of an endpoint: the first that polls, and when it goes the
 * next. Where none polls, senders wake the endpoint's own loop.
 */
final class Progress {

  private final ShmEndpoint endpoint;
  private final List<Context> candidates = new ArrayList<>();
  private Context primary;
  private Runnable stop;
  private Future<BellServer> server;
  private int bells;
  private volatile ShmPoller poller;
  private volatile String bell = "";

  Progress(ShmEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  ShmPoller poller() {
    return poller;
  }

  String bell() {
    return bell;
  }

  /** A rank progresses on a loop; undone by what is returned. */
  synchronized Runnable add(Context rank) {
    candidates.add(rank);
    choose();
    return () -> remove(rank);
  }

  private synchronized void remove(Context rank) {
    candidates.remove(rank);
    if (rank.equals(primary) && !candidates.contains(rank)) {
      leave();
      choose();
    }
  }

  private void choose() {
    for (int i = 0; primary == null && i < candidates.size(); i++) {
      ShmPoller next = new ShmPoller(endpoint);
      Optional<Runnable> polling = Loops.poll(candidates.get(i), next);
      if (polling.isPresent()) {
        primary = candidates.get(i);
        stop = polling.get();
        poller = next;
        openBell(primary, next);
      }
    }
  }

  private void openBell(Context rank, ShmPoller of) {
    String name = ShmPlace.BELL + "-" + ++bells;
    server = Future.future(promise -> rank.runOnContext(here ->
        BellServer.open(rank.owner(), endpoint.directory().resolve(name), () -> { }).onComplete(promise)));
    server.onSuccess(open -> {
      if (poller == of) {
        bell = name;
        endpoint.tellBell();
      }
    });
  }

  private void leave() {
    Context left = primary;
    poller = null;
    bell = "";
    primary = null;
    stop.run();
    closeBell();
    endpoint.tellBell();
    try {
      // The old poller says of rings whether somebody looks until its loop has come to the end of it: only then the
      // next has the last word.
      left.runOnContext(stopped -> succeed());
    } catch (RejectedExecutionException e) {
      succeed();
    }
  }

  private void succeed() {
    if (poller != null) {
      wake();
    } else {
      endpoint.takeOver();
    }
  }

  private Future<Void> closeBell() {
    Future<BellServer> open = server;
    server = null;
    return open == null ? Future.succeededFuture()
        : open.transform(outcome -> outcome.succeeded() ? outcome.result().close() : Future.succeededFuture());
  }

  /** Makes the loop look, where it sleeps. */
  synchronized void wake() {
    if (primary != null) {
      primary.runOnContext(awake -> { });
    }
  }

  /** Nobody polls any more. */
  synchronized Future<Void> close() {
    candidates.clear();
    if (primary != null) {
      primary = null;
      poller = null;
      stop.run();
    }
    return closeBell();
  }
}
