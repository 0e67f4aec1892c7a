package dev.vertxmpi.hazelcast.impl;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Work that comes round: every five seconds, and sooner when asked for. What takes long comes more seldom, so that it
 * takes at most a fiftieth of the time. A round that fails is made up for by the next.
 */
final class Rounds {

  private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int REST = 50;

  private final String what;
  private final Runnable work;
  private final Semaphore hurry = new Semaphore(0);
  private volatile boolean closed;

  /**
   * Does nothing yet.
   *
   * @param what it does, for the log and the name of its thread
   * @param work may block
   */
  Rounds(String what, Runnable work) {
    this.what = what;
    this.work = work;
  }

  /** Begins, in the background; the first round comes after a rest. */
  void begin() {
    Background.run(what, this::go);
  }

  private void go() {
    long rest = EVERY_NANOS;
    while (rested(rest)) {
      long began = System.nanoTime();
      Background.quietly(what, work);
      rest = restAfter(System.nanoTime() - began);
    }
  }

  /** How long to rest after work that took so long. */
  static long restAfter(long nanos) {
    return Math.max(EVERY_NANOS, REST * nanos);
  }

  private boolean rested(long nanos) {
    try {
      if (!closed && hurry.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        hurry.drainPermits();
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The next round comes at once; where one is under way, after that. */
  void hurry() {
    hurry.release();
  }

  /** No further round begins. */
  void close() {
    closed = true;
    hurry.release();
  }
}
