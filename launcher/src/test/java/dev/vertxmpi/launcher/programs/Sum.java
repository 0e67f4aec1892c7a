package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;

/** Adds up the ranks of its job. */
public final class Sum {

  private Sum() {
  }

  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    int sum = await(mpi.world().allreduce(mpi.rank(), Op.SUM));
    System.out.println("rank " + mpi.rank() + " of " + mpi.size() + ": sum " + sum);
    await(mpi.world().barrier());
    await(mpi.close());
  }
}
