package dev.vertxmpi.launcher.programs;

import java.util.concurrent.CountDownLatch;

/** Does not end when asked to. */
public final class Stubborn {

  private Stubborn() {
  }

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }));
    System.out.println("waiting");
    never.await();
  }
}
