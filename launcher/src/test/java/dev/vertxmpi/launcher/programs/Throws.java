package dev.vertxmpi.launcher.programs;

import java.util.concurrent.CountDownLatch;

/** Its main throws while another thread would keep the JVM alive. */
public final class Throws {

  private Throws() {
  }

  public static void main(String[] args) {
    if (args.length == 0) {
      new Thread(() -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }).start();
    }
    throw new IllegalStateException("on purpose");
  }
}
