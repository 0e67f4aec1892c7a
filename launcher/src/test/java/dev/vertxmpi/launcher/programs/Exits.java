package dev.vertxmpi.launcher.programs;

import java.util.concurrent.CountDownLatch;

/** Exits with a code at one rank, and waits for ever at the others: {@code Exits RANK CODE}. */
public final class Exits {

  private Exits() {
  }

  public static void main(String[] args) throws InterruptedException {
    if (args[0].equals(System.getenv("VERTX_MPI_RANK"))) {
      System.exit(Integer.parseInt(args[1]));
    }
    System.out.println("waiting");
    new CountDownLatch(1).await();
  }
}
