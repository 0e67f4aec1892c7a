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
     * @param key the secret of the job
     * @param joined told of each rank that has joined, once, on any thread
     * @return the gathering, on any thread
     */
    Future<Gathering> open(JobSpec spec, UUID job, byte[] key, IntConsumer joined);
  }

  /** Name of the cluster. */
  String cluster();

  /** host:port to join at; empty where the cluster begins when a rank asks for it. */
  String member();

  /** host:port of the roster; empty where it is on the event bus of the cluster. */
  default String roster() {
    return "";
  }

  /** Ends it. */
  Future<Void> close();
}
