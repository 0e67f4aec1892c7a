package dev.vertxmpi.benchmarks.parts;

import io.vertx.core.Promise;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every operation costs at least: a promise, and a handler that gets its result. */
@State(Scope.Thread)
public class PromiseAlone {

  private final Object result = new Object();
  /** Somebody else completes it, as far as the compiler knows: else it would not even be made. */
  private Promise<Object> pending;
  private Object got;

  /** Nothing is waited for. */
  public PromiseAlone() {
  }

  /**
   * Made, listened to, completed.
   *
   * @return what the handler got
   */
  @Benchmark
  public Object complete() {
    pending = Promise.promise();
    pending.future().onComplete((value, failure) -> got = value);
    pending.complete(result);
    return got;
  }
}
