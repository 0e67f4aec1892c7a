package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import java.util.List;
import java.util.Map;

/** Adds up the ranks of its job. */
public final class Sum {

  private Sum() {
  }

  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    int sum = await(mpi.world().allreduce(mpi.rank(), Op.SUM));
    // Behind this, everybody has what this rank sent, so its links are open and counted.
    await(mpi.world().barrier());
    System.out.println("rank " + mpi.rank() + " of " + mpi.size() + ": sum " + sum + " over "
        + links(mpi));
    await(mpi.world().barrier());
    await(mpi.close());
  }

  private static List<String> links(Mpi mpi) {
    return mpi.traffic().links().entrySet().stream().filter(link -> link.getValue().frames() > 0).map(Map.Entry::getKey)
        .sorted().toList();
  }
}
