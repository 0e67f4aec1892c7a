package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import java.util.concurrent.CountDownLatch;

/** Joins and waits for ever; some ranks do something else: {@code Joins RANK (return | wait)}. */
public final class Joins {

  private Joins() {
  }

  public static void main(String[] args) throws InterruptedException {
    boolean other = args[0].equals(System.getenv("VERTX_MPI_RANK"));
    if (other && args[1].equals("return")) {
      return;
    }
    if (!other) {
      await(Mpi.launch(new MpiOptions()));
      System.out.println("joined");
    }
    new CountDownLatch(1).await();
  }
}
