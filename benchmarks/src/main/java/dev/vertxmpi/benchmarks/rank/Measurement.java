package dev.vertxmpi.benchmarks.rank;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.Root;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.names.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One measurement at one rank: rounds of iterations, whose number rank 0 broadcasts. The last round counts.
 *
 * <p>Everything happens on the context of the rank.
 */
final class Measurement {

  private final Mpi mpi;
  private final Communicator world;
  private final Command command;
  private final WaitStyle wait;
  private final Rooms rooms;
  private final Pattern pattern;
  private final Pacer pacer;
  private final MemorySegment count;
  private long iterations;
  private long nanos;

  Measurement(Mpi mpi, Command command, WaitStyle wait, Rooms rooms) {
    rooms.resize(command.size());
    this.mpi = mpi;
    this.world = mpi.world();
    this.command = command;
    this.wait = wait;
    this.rooms = rooms;
    this.pattern = pattern();
    this.pacer = new Pacer(command.warmUpNanos(), command.measureNanos());
    this.count = rooms.small().buffer().memory().segment();
  }

  private Pattern pattern() {
    MessageBuffer out = rooms.out().buffer();
    MessageBuffer in = rooms.in().buffer();
    return switch (command.benchmark()) {
      case LATENCY -> new PingPong(world, out, in);
      case BW, MBW_MR -> new Windows(world, out, in, rooms.small().buffer(), command.window());
      case BIBW -> new TwoWayWindows(world, out, in, command.window());
      case BARRIER -> new Barriers(world);
      case CONNECT -> new Connects(mpi);
      case NAMES -> new Names(mpi, Scope.LOCAL);
      case NAMES_GLOBAL -> new Names(mpi, Scope.GLOBAL);
    };
  }

  /** Measures; returns what this rank has to tell. */
  Future<JsonObject> run() {
    return round().eventually(pattern::end).compose(done -> {
      if (pattern.receives() && !Filling.fills(rooms.in().buffer().memory().segment())) {
        return Future.failedFuture("rank " + world.rank() + " did not receive what was sent");
      }
      return Future.succeededFuture(new JsonObject().put("rank", world.rank())
          .put("timed", pattern.isTimed()).put("iterations", iterations).put("nanos", nanos));
    });
  }

  private Future<Void> round() {
    if (world.rank() == 0) {
      count.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, pacer.next());
    }
    return world.bcast(rooms.small().buffer(), Root.rank(0)).compose(told -> {
      long next = count.get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
      return next == 0 ? Future.succeededFuture()
          : world.barrier().compose(together -> iterate(next)).compose(done -> round());
    });
  }

  private Future<Void> iterate(long next) {
    iterations = next;
    pattern.begin(next);
    long start = System.nanoTime();
    return wait.run(pattern).onSuccess(done -> {
      nanos = pattern.counted(System.nanoTime() - start);
      pacer.took(nanos);
    });
  }
}
