package dev.vertxmpi.runtime.names;

import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.runtime.vertx.PacedStream;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * The names of a scope as a stream for one handler.
 *
 * <pre>
 *   name service --- any thread ---> [ backlog ] --- the rank's context ---> handler
 * </pre>
 */
public final class NameStream extends PacedStream<NameEvent> {

  private final Supplier<Future<NameService>> service;
  private final Promise<Void> over = Promise.promise();
  private final Backlog backlog = new Backlog();

  /**
   * Asks nobody yet.
   *
   * @param context where handlers run
   * @param service opens the scope
   */
  public NameStream(Context context, Supplier<Future<NameService>> service) {
    super(context);
    this.service = service;
  }

  @Override
  protected void begin() {
    service.get().compose(names -> names.watch(this::accept)).onFailure(this::fail)
        .onSuccess(unwatch -> over.future().onSuccess(stopped -> unwatch.run()));
  }

  @Override
  protected void stop() {
    over.complete();
  }

  private void accept(NameEvent event) {
    synchronized (this) {
      if (isEnding()) {
        return;
      }
      backlog.add(event);
    }
    schedule();
  }

  @Override
  protected boolean isWaiting() {
    return !backlog.isEmpty();
  }

  @Override
  protected NameEvent take() {
    return backlog.poll();
  }
}
