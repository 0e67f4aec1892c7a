package dev.vertxmpi.runtime.link.tcp;

import dev.vertxmpi.runtime.link.TryLock;
import dev.vertxmpi.runtime.vertx.Stream;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What comes in over a connection.
 *
 * <pre>
 *   event of the socket     --ready------.
 *   loop that polls         --pollUntold-+--who has the lock--> [ reader ] --> messages, frames
 *   endpoint's loop, helps  --help-------'
 * </pre>
 *
 * <p>The loop that polls is not told of events as long as something comes by itself; before it sleeps, it is again.
 */
final class Incoming {

  /** Looks in one go, before others have their turn. */
  private static final int TURN = 16;

  private final Stream stream;
  private final Outgoing out;
  private final Consumer<Throwable> onLost;
  private final FrameReader reader;
  private final TryLock lock = new TryLock();
  private volatile boolean heard;
  /** Touched by the loop that is told, which is the one that polls where one does. */
  private boolean told = true;

  /**
   * Reads nothing yet.
   *
   * @param stream from the peer
   * @param taker takes what comes, while the lock is held
   * @param out is flushed where there may be room again
   * @param onLost gets the failure of the stream, null at its end; more than once, on any thread
   */
  Incoming(Stream stream, FrameReader.Taker taker, Outgoing out, Consumer<Throwable> onLost) {
    this.stream = stream;
    this.out = out;
    this.onLost = onLost;
    this.reader = new FrameReader(taker);
    lock.open();
  }

  /** The handshake is over. To be called while its last message is handled. */
  void framesFollow() {
    reader.framesFollow();
  }

  /** Something may be there, or there is room again. On whichever loop is told. */
  void ready() {
    told = true;
    for (int turn = 0; turn < TURN; turn++) {
      if (!poll()) {
        out.flush();
        return;
      }
    }
    out.flush();
    stream.execute(this::ready);
  }

  /** Does what the loop of a rank would do if it were not busy otherwise. */
  void help() {
    for (int turn = 0; turn < TURN && poll(); turn++) {
      out.flush();
    }
    out.flush();
  }

  /** Reads once. False where nothing was there, or another thread is at it. */
  private boolean poll() {
    if (!lock.tryLock()) {
      return false;
    }
    int read = 0;
    Throwable failure = null;
    try {
      if (!reader.isStopped()) {
        read = reader.read(stream);
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      lock.unlock();
    }
    if (read > 0 && !heard) {
      heard = true;
    }
    if (failure != null || read < 0) {
      onLost.accept(failure);
    }
    return read > 0;
  }

  /** By the loop that polls: it need not be told as long as something comes by itself. */
  boolean pollUntold() {
    boolean any = poll();
    if (any && told) {
      told = false;
      stream.watch(false);
    }
    return any;
  }

  /** The loop that polls is about to sleep. */
  void beTold() {
    if (!told) {
      told = true;
      stream.watch(true);
    }
  }

  /** Whether something came since it was forgotten last. From any thread. */
  boolean hasHeard() {
    return heard;
  }

  void forgetHeard() {
    heard = false;
  }

  /** Ignores whatever comes from now on. From any thread. */
  void stop() {
    reader.stop();
  }

  /** Nothing is read any more; false where somebody is reading. */
  boolean tryClose() {
    return lock.tryClose();
  }
}
