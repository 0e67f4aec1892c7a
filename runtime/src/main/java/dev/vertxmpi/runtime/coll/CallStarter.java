package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Starts collectives of a view.
 *
 * @param calls of the communicator
 * @param engine of the communicator
 * @param options of the view
 * @param key null to match by order
 */
record CallStarter(Calls calls, CollectiveEngine engine, CallOptions options, String key) {

  private static final int MOST_KEY = 1024;

  /** A call of the user. */
  <T> Future<T> begin(Fingerprint print, String procedure, Supplier<Schedule> plan, Supplier<T> result) {
    return calls.begin(procedure, options, null, call -> {
      if (key != null && key.length() > MOST_KEY) {
        throw new MpiException(ErrorClass.ARG, "a key must have at most " + MOST_KEY + " characters, but has "
            + key.length());
      }
      run(call, print, plan, result);
    });
  }

  /** A call under way, in the domain. */
  <T> void run(Call<T> call, Fingerprint print, Supplier<Schedule> plan, Supplier<T> result) {
    engine.run(call, key, print, plan, result);
  }
}
