package dev.vertxmpi.hazelcast.impl;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Work that blocks, each on a virtual thread of its own. */
final class Background {

  private static final Logger LOG = Logger.getLogger(Background.class.getName());

  private Background() {
  }

  /** Runs once for nobody in particular. A failure is only logged: such work comes round again. */
  static void run(String what, Runnable work) {
    Thread.ofVirtual().name("vertx-mpi " + what).start(() -> quietly(what, work));
  }

  /** Runs once; settles on the thread that ran it. */
  static <T> Future<T> future(String what, Callable<T> work) {
    Promise<T> promise = Promise.promise();
    Thread.ofVirtual().name("vertx-mpi " + what).start(() -> {
      try {
        promise.complete(work.call());
      } catch (Throwable e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  static void quietly(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, e, () -> "could not " + what);
    }
  }
}
