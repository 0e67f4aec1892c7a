package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.rma.FenceAssert;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.runtime.call.Call;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A view of a window: the same window for all views, with options for the calls through this one. */
final class WindowImpl implements Window {

  private final WindowState state;
  private final CallOptions options;

  WindowImpl(WindowState state, CallOptions options) {
    this.state = state;
    this.options = options;
  }

  @Override
  public Window with(CallOptions other) {
    return new WindowImpl(state, new CallOptions(other));
  }

  @Override
  public Memory memory() {
    return state.exposure().memory();
  }

  @Override
  public Group group() {
    return state.members().group();
  }

  @Override
  public long size(int rank) {
    if (rank < 0 || rank >= state.members().size()) {
      throw new MpiException(ErrorClass.RANK, "rank must be 0 to " + (state.members().size() - 1) + ", but is "
          + rank);
    }
    return state.extents().size(rank);
  }

  @Override
  public Future<Void> fence(Set<FenceAssert> asserts) {
    Set<FenceAssert> copy = Set.copyOf(asserts);
    return state.begin("MPI_Win_fence", options, call -> state.origin().fence(call, copy));
  }

  @Override
  public <T> Future<T> fenced(Function<Window, Future<T>> body) {
    Objects.requireNonNull(body);
    WindowImpl closing = withoutCancel();
    return enclosed(fence(), () -> run(body), () -> closing.fence(EnumSet.of(FenceAssert.NOSUCCEED)));
  }

  @Override
  public Future<Void> lock(int target, LockType type) {
    Objects.requireNonNull(type);
    return state.begin("MPI_Win_lock", options, call -> state.origin().lock(call, target, type));
  }

  @Override
  public Future<Void> unlock(int target) {
    return state.begin("MPI_Win_unlock", options, call -> state.origin().unlock(call, target));
  }

  @Override
  public <T> Future<T> locked(int target, LockType type, Function<Window, Future<T>> body) {
    Objects.requireNonNull(body);
    WindowImpl closing = withoutCancel();
    return lock(target, type).compose(held ->
        enclosed(Future.succeededFuture(), () -> run(body), () -> closing.unlock(target)));
  }

  /** What closes an epoch runs also where the scope is cancelled. */
  private WindowImpl withoutCancel() {
    return new WindowImpl(state, new CallOptions(options).setCancel(null));
  }

  /** The closing runs in any case; the first failure counts. */
  private static <T> Future<T> enclosed(Future<Void> opening, Supplier<Future<T>> body,
      Supplier<Future<Void>> closing) {
    return opening.compose(open -> body.get()).transform(outcome -> closing.get().transform(closed ->
        outcome.succeeded() && closed.failed() ? Future.failedFuture(closed.cause()) : settled(outcome)));
  }

  private static <T> Future<T> settled(AsyncResult<T> outcome) {
    return outcome.succeeded() ? Future.succeededFuture(outcome.result()) : Future.failedFuture(outcome.cause());
  }

  private <T> Future<T> run(Function<Window, Future<T>> body) {
    Future<T> result = body.apply(this);
    return result != null ? result : Future.succeededFuture();
  }

  @Override
  public Future<Void> flush(int target) {
    return state.begin("MPI_Win_flush", options, call -> state.origin().flush(call, target));
  }

  @Override
  public Future<Void> put(MessageBuffer from, int target, Region at) {
    Objects.requireNonNull(at);
    return holding("MPI_Put", from, target, call ->
        state.origin().write(call, from, target, at, RmaFrames.PUT, Op.REPLACE));
  }

  @Override
  public Future<Void> get(MessageBuffer into, int target, Region at) {
    Objects.requireNonNull(at);
    return holding("MPI_Get", into, target, call -> state.origin().read(call, into, target, at));
  }

  @Override
  public Future<Void> accumulate(MessageBuffer from, int target, Region at, Op op) {
    Objects.requireNonNull(at);
    Objects.requireNonNull(op);
    return holding("MPI_Accumulate", from, target, call ->
        state.origin().write(call, from, target, at, RmaFrames.ACCUMULATE, op));
  }

  @Override
  public <T extends Number> Future<T> fetchAndOp(T value, int target, long displacement, Op op) {
    Objects.requireNonNull(value);
    Objects.requireNonNull(op);
    return operation("MPI_Fetch_and_op", target, value, call ->
        state.origin().fetch(call, value, target, displacement, op));
  }

  /** Keeps the memory of a buffer from the call until it settles. */
  private Future<Void> holding(String procedure, MessageBuffer buffer, int target, Consumer<Call<Void>> body) {
    try {
      buffer.memory().retain();
    } catch (MpiException e) {
      return Future.failedFuture(e.in(procedure));
    }
    return operation(procedure, target, null, body).onComplete(settled -> buffer.memory().release());
  }

  private <T> Future<T> operation(String procedure, int target, T resultOfNobody, Consumer<Call<T>> body) {
    CancelScope scope = options.getCancel();
    return state.begin(procedure, options, call -> {
      if (scope != null && scope.isCancelled()) {
        // Not left to the withdrawal, which comes when the operation has gone out.
        call.fail(new MpiException(ErrorClass.CANCELLED, "cancelled by its scope"));
      } else if (target == Communicator.PROC_NULL) {
        call.complete(resultOfNobody);
      } else {
        body.accept(call);
      }
    });
  }

  @Override
  public Future<Void> free() {
    return state.begin("MPI_Win_free", options, state::free);
  }
}
