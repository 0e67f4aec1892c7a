package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;

/** A rank that has nothing to do after its first barrier. */
public final class IdleRank {

  private IdleRank() {
  }

  /**
   * Joins, then sleeps until it is ended.
   *
   * @param args none
   * @throws InterruptedException never
   */
  public static void main(String[] args) throws InterruptedException {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    await(mpi.world().barrier());
    Figures.tell("ready", "rank", mpi.rank());
    Thread.sleep(Long.MAX_VALUE);
  }
}
