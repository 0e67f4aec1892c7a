package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.coll.CollectiveKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * How a communicator ends.
 *
 * <pre>
 *   in use --free/disconnect--> closing    calls under way go on, new ones fail
 *                                  | none is under way
 *                                  v
 *                               parting    a barrier with all others
 *                                  | it completed, failed or was not in time
 *                                  v
 *                                shut
 * </pre>
 */
final class Ending {

  /** How long the others have to call it too. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final Core core;
  private final String permanent;

  /**
   * A communicator in use.
   *
   * @param core of it
   * @param permanent null, or why it never ends
   */
  Ending(Core core, String permanent) {
    this.core = core;
    this.permanent = permanent;
  }

  /**
   * Ends it.
   *
   * @param kind free or disconnect
   * @param options deadline
   * @param barrier of all, for the call
   * @return settles when all have called, or too late; it is shut either way
   */
  Future<Void> end(CollectiveKind kind, CallOptions options, BiConsumer<Call<Void>, CollectiveKind> barrier) {
    MpiException over = new MpiException(ErrorClass.COMM, "the communicator has been freed or disconnected");
    boolean[] begun = new boolean[1];
    Future<Void> end = core.ends().begin(kind.procedure(), options, DEADLINE, call -> {
      if (permanent != null || core.calls().isClosed()) {
        throw permanent != null ? new MpiException(ErrorClass.COMM, permanent) : over;
      }
      begun[0] = true;
      core.calls().close(over);
      core.calls().whenIdle(() -> {
        if (!call.isSettled()) {
          barrier.accept(call, kind);
        }
      });
    });
    return end.onComplete(settled -> core.rank().domain().execute(() -> {
      if (begun[0]) {
        core.shut(over);
      }
    }));
  }
}
