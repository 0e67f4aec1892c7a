package dev.vertxmpi.spi;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the module {@code runtime} provides. */
public interface RuntimeProvider {

  /**
   * The provider.
   *
   * @return the one on the class or module path
   */
  static RuntimeProvider get() {
    return Providers.only(RuntimeProvider.class, "vertx-mpi-runtime");
  }

  /**
   * See {@link Mpi#init(Vertx, MpiOptions)}.
   *
   * @param vertx where the rank runs
   * @param options of the rank
   * @return the rank
   */
  Future<Mpi> init(Vertx vertx, MpiOptions options);

  /**
   * See {@link Mpi#launch}.
   *
   * @param options of the rank
   * @return the rank
   */
  Future<Mpi> launch(MpiOptions options);

  /**
   * See {@link MpiJob#deploy(Vertx, JobOptions, Supplier)}.
   *
   * @param vertx where the ranks run
   * @param options of the job
   * @param verticles called once for each rank
   * @return the job
   */
  Future<MpiJob> deploy(Vertx vertx, JobOptions options, Supplier<? extends Deployable> verticles);

  /**
   * See {@link MpiJob#run(Vertx, JobOptions, Function)}.
   *
   * @param <T> type of the results
   * @param vertx where the ranks run
   * @param options of the job
   * @param body called in each rank
   * @return the results
   */
  <T> Future<List<T>> run(Vertx vertx, JobOptions options, Function<Mpi, Future<T>> body);
}
