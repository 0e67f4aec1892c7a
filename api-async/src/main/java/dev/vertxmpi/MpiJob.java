package dev.vertxmpi;

import dev.vertxmpi.spi.RuntimeProvider;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Several ranks in one JVM. Each is a deployment of its own, spread over the event loops. */
public interface MpiJob {

  /**
   * Deploys ranks as verticles. In its {@code start}, each calls {@link Mpi#init(Vertx)} and gets its rank.
   *
   * @param vertx where they run
   * @param ranks how many, at least 1
   * @param verticles called once for each rank, in order
   * @return the job, when all are deployed; where one fails to deploy, the others are undeployed and it fails
   */
  static Future<MpiJob> deploy(Vertx vertx, int ranks, Supplier<? extends Deployable> verticles) {
    return deploy(vertx, new JobOptions().setRanks(ranks), verticles);
  }

  /**
   * Deploys ranks as verticles, with options.
   *
   * @param vertx where they run
   * @param options number of ranks, threading, links; copied
   * @param verticles called once for each rank, in order
   * @return as {@link #deploy(Vertx, int, Supplier)}
   */
  static Future<MpiJob> deploy(Vertx vertx, JobOptions options, Supplier<? extends Deployable> verticles) {
    return RuntimeProvider.get().deploy(vertx, options, verticles);
  }

  /**
   * Runs a function once in each of several ranks and ends them.
   *
   * @param <T> type of the results
   * @param vertx where they run
   * @param ranks how many, at least 1
   * @param body called on the context of each rank
   * @return the results in the order of the ranks; where one fails, the others are closed and it fails
   */
  static <T> Future<List<T>> run(Vertx vertx, int ranks, Function<Mpi, Future<T>> body) {
    return run(vertx, new JobOptions().setRanks(ranks), body);
  }

  /**
   * Runs a function once in each of several ranks, with options, and ends them.
   *
   * @param <T> type of the results
   * @param vertx where they run
   * @param options number of ranks, threading, links; copied
   * @param body called on the context of each rank
   * @return as {@link #run(Vertx, int, Function)}
   */
  static <T> Future<List<T>> run(Vertx vertx, JobOptions options, Function<Mpi, Future<T>> body) {
    return RuntimeProvider.get().run(vertx, options, body);
  }

  /**
   * The deployment of each rank, for {@link Vertx#undeploy}.
   *
   * @return ids in the order of the ranks
   */
  List<String> deploymentIds();

  /**
   * Undeploys all ranks that are still there.
   *
   * @return settles when they are gone
   */
  Future<Void> close();
}
