package dev.vertxmpi.launcher.programs;

import java.util.concurrent.CountDownLatch;

/** Does not end when asked to; with an argument, tries to by itself and does not get there. */
public final class Stubborn {

  private Stubborn() {
  }

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      System.out.println("ending");
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }));
    System.out.println("waiting");
    if (args.length == 0) {
      never.await();
    }
  }
}
