package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One rank's part in a window: its two sides, their endpoints, and its end. */
final class WindowState {

  private final Rank rank;
  private final Members members;
  private final Exposure exposure;
  private final Extents extents;
  private final Calls calls;
  private final Origin origin;
  private final Target target;
  private final Replies replies;
  /** Confined to the domain of the rank. */
  private Runnable stopWatching = () -> { };
  /** Confined to the domain of the rank. */
  private boolean ended;

  WindowState(Rank rank, Members members, Exposure exposure, Extents extents) {
    this.rank = rank;
    this.members = members;
    this.exposure = exposure;
    this.extents = extents;
    this.calls = new Calls(rank.domain(), rank.context());
    this.origin = new Origin(rank, members, extents);
    this.target = new Target(rank.node(), members, exposure.memory(), Loops.isolated(rank.vertx()));
    this.replies = new Replies(members, origin, rank.domain());
  }

  /** Takes frames from now on, and watches the members. */
  void open() {
    rank.node().bind(members.context(), members.rank(), target);
    rank.node().bind(RmaFrames.replies(members.context()), members.rank(), replies);
    Runnable stop = rank.node().watch(this::onDeparture);
    rank.domain().execute(() -> {
      stopWatching = stop;
      if (ended) {
        stop.run();
      }
    });
  }

  Members members() {
    return members;
  }

  Exposure exposure() {
    return exposure;
  }

  Extents extents() {
    return extents;
  }

  /** Begins a call in the domain of the rank. */
  <T> Future<T> begin(String procedure, CallOptions options, Consumer<Call<T>> body) {
    return calls.begin(procedure, options, null, body);
  }

  /** Confined to the domain of the rank. */
  Origin origin() {
    return origin;
  }

  private void onDeparture(Departure departure) {
    int gone = members.group().rankOf(departure.process());
    if (gone < 0) {
      return;
    }
    ProcessId process = departure.process();
    target.domain().execute(() -> target.depart(process));
    rank.domain().execute(() -> {
      MpiException why = new MpiException(ErrorClass.PROC_FAILED, "rank " + gone + " is gone: " + departure.cause())
          .ranks(List.of(gone));
      if (gone == members.rank()) {
        end(why, true, () -> { });
      } else {
        origin.depart(gone, why);
        if (ended && isAlone()) {
          unbind();
        }
      }
    });
  }

  /** Whether nobody is left who could want an answer. */
  private boolean isAlone() {
    return IntStream.range(0, members.size())
        .allMatch(member -> member == members.rank() || rank.node().isGone(members.process(member)));
  }

  private void unbind() {
    rank.node().unbind(members.context(), members.rank());
    rank.node().unbind(RmaFrames.replies(members.context()), members.rank());
    stopWatching.run();
  }

  /** Meets the others for the last time, then ends. */
  void free(Call<Void> call) {
    origin.free(call, failure -> {
      call.onWithdraw(tooLate -> { });
      // Where a rank is gone, others may not have come to their free yet: they still get answers.
      end(new MpiException(ErrorClass.WIN, "the window is freed"), failure == null || isAlone(), () -> {
        if (failure == null) {
          call.complete(null);
        } else {
          call.fail(failure);
        }
      });
    });
  }

  /**
   * Ends this rank's part, once.
   *
   * @param why becomes the failure of all calls under way and to come
   * @param unbind whether peers get no more answers
   * @param done runs in the domain of the rank when the memory is let go of
   */
  private void end(MpiException why, boolean unbind, Runnable done) {
    if (unbind) {
      unbind();
    }
    if (ended) {
      return;
    }
    ended = true;
    calls.close(why);
    calls.withdrawAll(why);
    ProgressDomain domain = rank.domain();
    target.domain().execute(() -> {
      target.close();
      try {
        exposure.release();
      } finally {
        domain.execute(done);
      }
    });
  }
}
