package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a rank does for the stripes that it owns: goes through them window by window, lets the clients of each window
 * send their pieces, and is the only one to touch the file there. See {@link Client} for the messages.
 *
 * <p>The next window begins where the first client that has more goes on, so gaps cost nothing.
 */
abstract class Aggregator {

  private final FileState file;
  private final Exchange exchange;
  private final Wire wire;
  private final int owner;
  private final Slots slots;
  /** For each client, the local position where it goes on. */
  private final long[] next;
  private final Window window;
  /** Workers look at pieces one by one. */
  private Future<?> last = Future.succeededFuture();
  private boolean first = true;
  private MpiException failure;

  Aggregator(FileState file, Exchange exchange, Wire wire, int owner, boolean replies) {
    this.file = file;
    this.exchange = exchange;
    this.wire = wire;
    this.owner = owner;
    this.next = new long[exchange.votes().size()];
    Arrays.setAll(next, rank -> exchange.first(rank, owner));
    this.slots = new Slots(exchange.slots(), exchange.piece(), replies);
    long end = exchange.end(owner);
    this.window = new Window(Math.min(file.plan().window(), end - exchange.first(owner)), end);
  }

  /**
   * Looks at a piece. On a worker.
   *
   * @param list its runs
   * @param reply where an answer goes; null where there is none
   * @return length of the answer
   */
  abstract long take(RunList list, MemorySegment reply) throws Exception;

  /** All pieces of a window were taken. On a worker. */
  abstract void endWindow() throws Exception;

  FileState file() {
    return file;
  }

  Window window() {
    return window;
  }

  int owner() {
    return owner;
  }

  /** Null where all went well. */
  MpiException failure() {
    return failure;
  }

  /** Settles when no client has more; never fails. */
  Future<Void> run() {
    return Steps.repeat(this::turn).onComplete(end -> {
      slots.close();
      window.close();
    });
  }

  private Future<Boolean> turn() {
    long start = Arrays.stream(next).min().orElse(PieceLayout.NONE);
    if (start == PieceLayout.NONE) {
      return Future.succeededFuture(false);
    }
    if (failure != null) {
      return stop().map(false);
    }
    window.moveTo(start, exchange.windowEnd(start));
    boolean unasked = first;
    first = false;
    List<Future<Void>> clients = new ArrayList<>();
    for (int rank = 0; rank < next.length; rank++) {
      if (next[rank] < exchange.windowEnd(start)) {
        clients.add(serve(rank, unasked, start));
      }
    }
    return Future.join(clients).compose(all -> finishWindow()).map(true);
  }

  /** Never fails. */
  private Future<Void> finishWindow() {
    if (failure != null) {
      return Future.succeededFuture();
    }
    return this.<Void>serially(Long.MAX_VALUE, () -> {
      endWindow();
      return null;
    }).otherwise(why -> {
      fail(why);
      return null;
    });
  }

  private Future<Void> stop() {
    List<Future<Void>> sent = new ArrayList<>();
    for (int rank = 0; rank < next.length; rank++) {
      if (next[rank] != PieceLayout.NONE) {
        sent.add(wire.sendNumber(Wire.Kind.REQUEST, PieceLayout.STOP, rank).otherwiseEmpty());
      }
    }
    return Future.join(sent).mapEmpty();
  }

  /** Takes all pieces of a client for this window; never fails. */
  private Future<Void> serve(int rank, boolean unasked, long start) {
    Future<Void> asked = unasked ? Future.succeededFuture() : wire.sendNumber(Wire.Kind.REQUEST, start, rank);
    return asked.compose(sent -> Steps.repeat(() -> slots.take().compose(slot ->
        wire.receive(Wire.Kind.PIECE, slot.piece(), rank)
            .compose(bytes -> handle(rank, slot, bytes))
            .onComplete(handled -> slots.giveBack(slot)))))
        .recover(why -> {
          fail(why);
          next[rank] = PieceLayout.NONE;
          return Future.succeededFuture();
        });
  }

  /** Whether more pieces follow. */
  private Future<Boolean> handle(int rank, Slots.Slot slot, long bytes) {
    RunList list = new RunList(slot.piece().segment().asSlice(0, bytes), window.low(), window.high());
    boolean more = list.more();
    next[rank] = more ? next[rank] : list.next();
    if (list.isEmpty()) {
      return Future.succeededFuture(false);
    }
    Memory reply = slot.reply();
    // Taking a piece of a write only copies; to answer one, the file is read.
    long work = reply == null ? bytes : Long.MAX_VALUE;
    return serially(work, () -> failure != null ? 0L : take(list, reply == null ? null : reply.segment()))
        .otherwise(why -> {
          fail(why);
          return 0L;
        })
        .compose(length -> reply == null ? Future.succeededFuture(more) : answer(rank, reply, length, more));
  }

  private Future<Boolean> answer(int rank, Memory reply, long length, boolean more) {
    boolean served = failure == null;
    if (!served) {
      reply.segment().set(PieceLayout.LONG, PieceLayout.END_OF_FILE, PieceLayout.FAILED);
      next[rank] = PieceLayout.NONE;
    }
    return wire.send(Wire.Kind.REPLY, reply, served ? length : PieceLayout.DATA, rank).map(served && more);
  }

  private <T> Future<T> serially(long work, Callable<T> task) {
    Future<T> now = last.transform(before -> file.home().working(work, task));
    last = now;
    return now;
  }

  private void fail(Throwable why) {
    if (failure == null) {
      failure = Errors.of(why, "access", file.path());
    }
  }
}
