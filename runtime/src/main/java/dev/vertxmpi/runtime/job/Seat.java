package dev.vertxmpi.runtime.job;

import dev.vertxmpi.Mpi;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;

/** The rank that waits for a deployed verticle to take it: kept with the verticle's context. */
final class Seat {

  private static final String KEY = Seat.class.getName();

  private final Supplier<Future<Mpi>> start;
  private Future<Mpi> mpi;

  private Seat(Supplier<Future<Mpi>> start) {
    this.start = start;
  }

  static Seat assign(Context context, Supplier<Future<Mpi>> start) {
    Seat seat = new Seat(start);
    context.put(KEY, seat);
    return seat;
  }

  /** The seat of the caller, where it runs in a deployed rank of that {@code Vertx}. */
  static Optional<Seat> current(Vertx vertx) {
    Context context = Vertx.currentContext();
    return context == null || !context.owner().equals(vertx) ? Optional.empty() : Optional.ofNullable(context.get(KEY));
  }

  /** Begins the rank with the first call; the same rank for each further one. */
  synchronized Future<Mpi> take() {
    if (mpi == null) {
      mpi = start.get();
    }
    return mpi;
  }
}
