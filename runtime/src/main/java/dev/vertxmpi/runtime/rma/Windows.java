package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Makes windows. */
public final class Windows {

  private Windows() {
  }

  /**
   * Makes a window: collective. A rank that has no memory takes part all the same, so that all fail alike.
   *
   * @param rank of the caller
   * @param comm used once, to exchange what the ranks bring
   * @param parent the members of the communicator
   * @param windowContext of the new window, the same at every rank and for no other use
   * @param options of this rank
   * @return the window; fails everywhere where it fails at one rank
   */
  public static Future<Window> create(Rank rank, Intracommunicator comm, Members parent, ContextId windowContext,
      WindowOptions options) {
    String procedure = options.getMemory().isPresent() ? "MPI_Win_create" : "MPI_Win_allocate";
    WindowOptions copy = new WindowOptions(options);
    Exposure exposure = Exposure.of(copy);
    Members members = new Members(windowContext, parent.group(), parent.rank());
    return comm.allgather(exposure.toJson(copy))
        .map(records -> open(rank, members, exposure, records))
        .recover(failure -> {
          exposure.release();
          return Future.failedFuture(MpiException.of(failure).in(procedure));
        });
  }

  /** Frames of peers that were faster wait in the stash of the node until the endpoints are bound. */
  private static Window open(Rank rank, Members members, Exposure exposure, List<JsonObject> records) {
    WindowState state = new WindowState(rank, members, exposure, Exposure.agree(records));
    state.open();
    return new WindowImpl(state, new CallOptions());
  }
}
