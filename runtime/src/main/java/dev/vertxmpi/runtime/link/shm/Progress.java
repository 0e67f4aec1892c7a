package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.runtime.link.ChosenLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.RejectedExecutionException;

/** The loop of a rank that looks at the rings of an endpoint. Where none polls, senders wake the endpoint's own. */
final class Progress extends ChosenLoop<ShmPoller> {

  private final ShmEndpoint endpoint;
  private Future<BellServer> server;
  private int bells;
  private volatile String bell = "";

  Progress(ShmEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  String bell() {
    return bell;
  }

  @Override
  protected ShmPoller newPoller() {
    return new ShmPoller(endpoint);
  }

  @Override
  protected void begun() {
    openBell(chosen(), poller());
  }

  private void openBell(Context rank, ShmPoller of) {
    String name = ShmPlace.BELL + "-" + ++bells;
    server = Future.future(promise -> rank.runOnContext(here ->
        BellServer.open(rank.owner(), endpoint.directory().resolve(name), () -> { }).onComplete(promise)));
    server.onSuccess(open -> {
      if (poller() == of) {
        bell = name;
        endpoint.tellBell();
      }
    });
  }

  @Override
  protected void ended(Context left) {
    bell = "";
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
    if (poller() != null) {
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
    if (chosen() != null) {
      chosen().runOnContext(awake -> { });
    }
  }

  /** Nobody polls any more. */
  synchronized Future<Void> close() {
    stopPolling();
    return closeBell();
  }
}
