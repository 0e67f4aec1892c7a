package dev.vertxmpi.fileio;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * An asynchronous loop. Neither the stack nor the memory grows with the number of turns. All turns run on one thread.
 */
final class Steps {

  private final Supplier<Future<Boolean>> step;
  private final Promise<Void> promise = Promise.promise();
  private boolean running;
  private boolean again;

  private Steps(Supplier<Future<Boolean>> step) {
    this.step = step;
  }

  /**
   * Repeats a step.
   *
   * @param step says whether to go on
   * @return settles after the last step, or fails with the first that fails
   */
  static Future<Void> repeat(Supplier<Future<Boolean>> step) {
    Steps steps = new Steps(step);
    steps.run();
    return steps.promise.future();
  }

  private void run() {
    running = true;
    do {
      again = false;
      Home.attempt(step).onComplete(outcome -> {
        if (outcome.failed()) {
          promise.tryFail(outcome.cause());
        } else if (!outcome.result()) {
          promise.tryComplete();
        } else if (running) {
          again = true;
        } else {
          run();
        }
      });
    } while (again);
    running = false;
  }
}
