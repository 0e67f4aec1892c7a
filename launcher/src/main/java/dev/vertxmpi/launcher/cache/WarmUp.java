package dev.vertxmpi.launcher.cache;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.launcher.VertxMpi;
import io.vertx.core.Vertx;

/** What most programs do in their first second, and the launcher as well: all of it in one JVM. */
public final class WarmUp {

  private static final int RANKS = 4;

  private WarmUp() {
  }

  /**
   * Does it.
   *
   * @param args none for a rank; {@code nothing} to end at once
   */
  public static void main(String[] args) {
    if (args.length > 0) {
      return;
    }
    Mpi mpi = Mpi.launch(new MpiOptions()).await();
    int peer = 1 - mpi.rank();
    mpi.world().barrier().await();
    mpi.world().allreduce(new double[] {mpi.rank()}, Op.SUM).await();
    var received = mpi.world().recv(byte[].class, peer, 0);
    mpi.world().send(new byte[1 << 20], peer, 0).await();
    received.await();
    boolean watched = mpi.rank() == 0;
    mpi.close().await();
    if (watched) {
      Vertx vertx = Vertx.vertx();
      MpiJob.run(vertx, new JobOptions().setRanks(RANKS), each -> each.world().barrier()).await();
      vertx.close().await();
      VertxMpi.run("run", "-n", "1", "--", WarmUp.class.getName(), "nothing");
    }
  }
}
