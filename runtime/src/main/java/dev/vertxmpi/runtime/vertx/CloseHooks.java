package dev.vertxmpi.runtime.vertx;

import io.vertx.core.Closeable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** What happens when a verticle is undeployed, or its {@code Vertx} is closed. */
public final class CloseHooks {

  private CloseHooks() {
  }

  /**
   * Adds an action to the end of the verticle of a context; of the {@code Vertx}, where the context belongs to none.
   *
   * @param context of the verticle
   * @param action its failure is ignored
   * @return takes the action back
   */
  public static Runnable add(Context context, Supplier<Future<Void>> action) {
    ContextInternal internal = (ContextInternal) context;
    VertxInternal vertx = internal.owner();
    Closeable hook = completion -> action.get().onComplete(done -> completion.succeed());
    if (internal.isDeployment()) {
      internal.addCloseHook(hook);
      return () -> internal.removeCloseHook(hook);
    }
    vertx.addCloseHook(hook);
    return () -> vertx.removeCloseHook(hook);
  }

  /**
   * Adds an action to the end of a {@code Vertx}.
   *
   * @param vertx whose end
   * @param action its failure is ignored
   */
  public static void add(Vertx vertx, Supplier<Future<Void>> action) {
    ((VertxInternal) vertx).addCloseHook(completion -> action.get().onComplete(done -> completion.succeed()));
  }
}
