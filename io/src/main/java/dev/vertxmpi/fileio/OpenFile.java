package dev.vertxmpi.fileio;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.io.FileView;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The operations of one rank on its open file. Any thread may call; decisions are made at home. */
final class OpenFile {

  private final FileState state;
  private final Place place;
  private final Collectives collectives;
  private final Alone alone = new Alone();
  /** Why calls are refused; null while the file is open. */
  private final AtomicReference<MpiException> closed = new AtomicReference<>();

  OpenFile(FileState state, long pointer) {
    this.state = state;
    this.place = new Place(pointer);
    this.collectives = new Collectives(state);
  }

  FileState state() {
    return state;
  }

  Place place() {
    requireOpen();
    return place;
  }

  private void requireOpen() {
    MpiException why = closed.get();
    if (why != null) {
      throw why;
    }
  }

  /** Ends the file from outside: the rank is gone. */
  void abandon(MpiException why) {
    if (closed.getAndSet(why) == null) {
      Closing.release(state);
    }
  }

  Future<Status> access(Transfer transfer, CallOptions options) {
    return transfer.collective() ? accessTogether(transfer, options) : accessAlone(transfer, options);
  }

  private Future<Status> accessAlone(Transfer transfer, CallOptions options) {
    return Home.attempt(() -> {
      requireOpen();
      requireAllowed(transfer);
      FileCall<Status> call = new FileCall<>(state.home(), transfer.procedure(), transfer.buffer().memory());
      try {
        Part part = place.take(transfer);
        call.start(options, () -> alone.run(call, () -> {
          call.begin();
          return new DirectAccess(state, call, transfer, part).run().map(OpenFile::status);
        }));
      } catch (MpiException e) {
        call.fail(e);
      }
      return call.future();
    }).recover(why -> Future.failedFuture(MpiException.of(why).in(transfer.procedure())));
  }

  /** A rank whose arguments are wrong takes part all the same, to tell the others. */
  private Future<Status> accessTogether(Transfer transfer, CallOptions options) {
    Operation operation = transfer.writing() ? Operation.WRITE : Operation.READ;
    FileCall<Status> call;
    Supplier<Part> part;
    try {
      requireOpen();
      call = new FileCall<>(state.home(), transfer.procedure(), transfer.buffer().memory());
      part = tryTake(transfer);
    } catch (MpiException e) {
      if (closed.get() != null) {
        return Future.failedFuture(e.in(transfer.procedure()));
      }
      call = new FileCall<>(state.home(), transfer.procedure(), null);
      part = () -> {
        throw e;
      };
    }
    FileCall<Status> mine = call;
    Supplier<Part> taken = part;
    Stripes stripes = state.plan().stripes();
    return together(mine, options, operation, Exchange.facts(stripes),
        () -> state.home().working(taken.get().bytes(), () -> Exchange.facts(taken.get(), stripes)),
        votes -> move(mine, transfer, taken.get(), votes));
  }

  private Supplier<Part> tryTake(Transfer transfer) {
    try {
      requireAllowed(transfer);
      Part part = place.take(transfer);
      return () -> part;
    } catch (MpiException e) {
      return () -> {
        throw e;
      };
    }
  }

  private void requireAllowed(Transfer transfer) {
    if (transfer.writing() && !state.modes().writable()) {
      throw new MpiException(ErrorClass.READ_ONLY, "'" + state.path() + "' is open for reading only");
    }
    if (!transfer.writing() && !state.modes().readable()) {
      throw new MpiException(ErrorClass.ACCESS, "'" + state.path() + "' is open for writing only");
    }
  }

  private Future<Status> move(FileCall<?> call, Transfer transfer, Part part, Votes votes) {
    call.begin();
    if (new Exchange(state.plan(), votes).isEmpty()) {
      return Future.succeededFuture(status(0));
    }
    Operation operation = transfer.writing() ? Operation.WRITE : Operation.READ;
    CollectiveAccess access =
        new CollectiveAccess(state, call, transfer, part, votes, collectives.sequence());
    return access.run()
        .compose(moved -> Votes.exchange(state.communicator(), new Vote(operation, access.failure())))
        .map(agreed -> status(access.available(part.bytes())));
  }

  private static Status status(long bytes) {
    return new Status(Communicator.PROC_NULL, Communicator.ANY_TAG, bytes);
  }

  Future<Void> setView(FileView view, CallOptions options) {
    Operation operation = Operation.SET_VIEW;
    FileCall<Void> call = new FileCall<>(state.home(), operation.procedure(), null);
    boolean[] ascending = new boolean[1];
    return ifOpen(call, () -> together(call, options, operation, 1,
        () -> state.home().blocking(() -> {
          ascending[0] = ViewCheck.check(view, state.modes().writable());
          return new long[] {view.etype().extent()};
        }),
        votes -> {
          votes.requireSame(0, "the extent of the etype", String::valueOf);
          place.set(view, ascending[0]);
          return Future.succeededFuture();
        }));
  }

  Future<Void> setSize(long bytes, CallOptions options) {
    Operation operation = Operation.SET_SIZE;
    FileCall<Void> call = new FileCall<>(state.home(), operation.procedure(), null);
    return ifOpen(call, () -> together(call, options, operation, 1,
        () -> alone.none().map(done -> {
          Sizing.check(state, bytes);
          return new long[] {bytes};
        }),
        votes -> {
          votes.requireSame(0, "the size", String::valueOf);
          call.begin();
          return Sizing.set(state, bytes);
        }));
  }

  Future<Long> size(CallOptions options) {
    FileCall<Long> call = new FileCall<>(state.home(), "MPI_File_get_size", null);
    return ifOpen(call, () -> {
      call.start(options, () -> alone.run(call, () -> Sizing.get(state)));
      return call.future();
    });
  }

  Future<Void> close(CallOptions options) {
    Operation operation = Operation.CLOSE;
    FileCall<Void> call = new FileCall<>(state.home(), operation.procedure(), null);
    return ifOpen(call, () -> {
      MpiException why = new MpiException(ErrorClass.FILE, "'" + state.path() + "' is closed");
      closed.set(why);
      call.start(options, () ->
          collectives.add(call, operation, 0, () -> alone.none().map(done -> new long[0]), votes -> {
            call.begin();
            return new Closing(state).run();
          }).onFailure(failure -> afterFailedClose(failure, why)));
      return call.future();
    });
  }

  /**
   * Where other ranks were not closing, the file is still open here too. Where they are gone, it is not, and what this
   * rank has must not stay.
   */
  private void afterFailedClose(Throwable failure, MpiException why) {
    if (MpiException.of(failure).errorClass() == ErrorClass.COLLECTIVE_MISMATCH) {
      closed.compareAndSet(why, null);
    } else {
      Closing.release(state);
    }
  }

  private <T> Future<T> ifOpen(FileCall<T> call, Supplier<Future<T>> action) {
    MpiException why = closed.get();
    return why != null ? Future.failedFuture(why.in(call.procedure())) : action.get();
  }

  private <T> Future<T> together(FileCall<T> call, CallOptions options, Operation operation, int facts,
      Supplier<Future<long[]>> prepare, Collectives.Body<T> body) {
    call.start(options, () -> collectives.add(call, operation, facts, prepare, body));
    return call.future();
  }
}
