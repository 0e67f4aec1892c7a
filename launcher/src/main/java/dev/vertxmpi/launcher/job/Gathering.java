package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobSpec;
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
     * @param spec of the job
     * @param job its id
     * @param joined told of each rank that has joined, once, on any thread
     * @return the gathering, on any thread
     */
    Future<Gathering> open(JobSpec spec, UUID job, IntConsumer joined);
  }

  /** Name of the cluster. */
  String cluster();

  /** host:port to join at. */
  String member();

  /** Ends it. */
  Future<Void> close();
}
