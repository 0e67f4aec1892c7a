package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetChange;
import dev.vertxmpi.process.SetSnapshot;
import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.util.Objects;

/** What the user holds of a set: with the deadline and the cancel scope of its calls. */
final class SetView implements ProcessSet {

  private final ProcessSets sets;
  private final LocalSet set;
  private final CallOptions options;

  SetView(ProcessSets sets, LocalSet set, CallOptions options) {
    this.sets = sets;
    this.set = set;
    this.options = options;
  }

  @Override
  public ProcessSet with(CallOptions options) {
    return new SetView(sets, set, new CallOptions(options));
  }

  @Override
  public String uri() {
    return set.uri();
  }

  @Override
  public SetSnapshot snapshot() {
    return set.snapshot();
  }

  @Override
  public Future<SetSnapshot> join() {
    return sets.begin("ProcessSet.join", options, set::join);
  }

  @Override
  public Future<Void> leave() {
    return sets.begin("ProcessSet.leave", options, () -> set.isClosed() ? Future.failedFuture(set.over())
        : set.leave());
  }

  @Override
  public ReadStream<SetChange> changes() {
    return set.changes(sets.context());
  }

  @Override
  public Future<Intracommunicator> communicator(SetSnapshot of, String tag) {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(tag, "tag");
    return sets.calls().begin("MPI_Comm_create_from_group", options, DEFAULT_TIMEOUT,
        call -> set.communicator(of, tag, call));
  }

  @Override
  public Future<Void> close() {
    return sets.begin("ProcessSet.close", options, () -> sets.close(set));
  }
}
