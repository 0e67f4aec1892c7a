package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;

/** Waits for a message from rank 1, which never comes, and says how that ends. */
public final class Recv {

  private Recv() {
  }

  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    System.out.println("waiting");
    try {
      await(mpi.world().recv(String.class, 1, 0));
    } catch (MpiException e) {
      System.out.println("failed: " + e.getMessage());
    }
    await(mpi.close());
  }
}
