package dev.vertxmpi.benchmarks.program;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;

/** A rank of its own JVM that begins and ends. */
public final class HelloRank {

  private HelloRank() {
  }

  /**
   * Begins, says so, and ends.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    System.out.println("ready");
    await(mpi.close());
  }
}
