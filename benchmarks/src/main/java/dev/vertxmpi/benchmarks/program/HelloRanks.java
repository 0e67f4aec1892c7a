package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.MpiJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Ranks of one JVM that begin and end. */
public final class HelloRanks {

  private HelloRanks() {
  }

  /**
   * Has each rank begin, say so, and end.
   *
   * @param args the number of ranks
   */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    await(MpiJob.run(vertx, Integer.parseInt(args[0]), mpi -> {
      System.out.println("ready");
      return Future.succeededFuture();
    }));
    await(vertx.close());
  }
}
