package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;

/** Rank 1 asks rank 0 something over the event bus. */
public final class Hails {

  private Hails() {
  }

  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    if (mpi.rank() == 0) {
      await(mpi.vertx().eventBus().<String>consumer("hails", message -> message.reply("heard " + message.body()))
          .completion());
    }
    await(mpi.world().barrier());
    if (mpi.rank() == 1) {
      System.out.println(mpi.vertx().isClustered() + " "
          + await(mpi.vertx().eventBus().request("hails", "you")).body());
    }
    await(mpi.world().barrier());
    await(mpi.close());
  }
}
