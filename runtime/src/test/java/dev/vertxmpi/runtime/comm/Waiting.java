package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Waits for Futures on the thread of a test, not for ever. */
public final class Waiting {

  private static final int SECONDS = 30;

  private Waiting() {
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("did not settle: " + e, e);
    }
  }

  public static <T> List<T> all(List<Future<T>> futures) {
    return futures.stream().map(Waiting::await).toList();
  }

  /** For {@link Future#map}: what an assertion throws fails the Future, which an {@code onSuccess} would not do. */
  public static <T> Function<T, T> check(Consumer<T> assertion) {
    return value -> {
      assertion.accept(value);
      return value;
    };
  }

  /** The failure of a Future. */
  public static MpiException failure(Future<?> future) {
    try {
      Object result = await(future);
      throw new AssertionError("should have failed, but gave " + result);
    } catch (MpiException e) {
      return e;
    }
  }

  /** Checks the class of a failure. */
  public static MpiException failure(ErrorClass expected, Future<?> future) {
    MpiException failure = failure(future);
    if (failure.errorClass() != expected) {
      throw new AssertionError("expected " + expected + ", but it is " + failure, failure);
    }
    return failure;
  }
}
