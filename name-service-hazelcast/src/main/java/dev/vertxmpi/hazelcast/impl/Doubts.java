package dev.vertxmpi.hazelcast.impl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes back what must not stay: values of publications that failed for their callers, but may have reached the store,
 * or may reach it yet. Each is looked for until it was taken back, or for as long as it might still come.
 */
final class Doubts {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final int LOOKS = 30;

  private final NameBackend backend;
  private final CountDownLatch closed = new CountDownLatch(1);

  Doubts(NameBackend backend) {
    this.backend = backend;
  }

  /** Begins, and returns at once. */
  void takeBack(String service, NameValue value) {
    Background.run("take a name back", () -> {
      for (int look = 0; look < LOOKS && !tookBack(service, value) && !closed(); look++) {
        // Again.
      }
    });
  }

  private boolean tookBack(String service, NameValue value) {
    try {
      return backend.map().remove(service, backend.stored(service, value));
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean closed() {
    try {
      return closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void close() {
    closed.countDown();
  }
}
