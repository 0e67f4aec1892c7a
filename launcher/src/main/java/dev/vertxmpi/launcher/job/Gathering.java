package dev.vertxmpi.launcher.job;

import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.IntConsumer;

/** Where the ranks of a job meet: the launcher begins it and sees who comes. */
interface Gathering {

  /** Begins gatherings. */
  @FunctionalInterface
  interface Host {

    /**
     * Begins one.
     *
     * @param job its id
     * @param size number of ranks
     * @param joined told of each rank that has joined, once, on any thread
     * @return the gathering, on any thread
     */
    Future<Gathering> open(UUID job, int size, IntConsumer joined);
  }

  /** host:port to join at. */
  String member();

  /** Ends it. */
  Future<Void> close();
}
