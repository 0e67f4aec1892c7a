package dev.vertxmpi.launcher.programs;

import io.vertx.core.Vertx;

/**
 * Leaves a thread behind that closes a {@code Vertx} after {@code main} has returned, and says as it ends whether Netty
 * has a thread left.
 */
public final class Lingers {

  private Lingers() {
  }

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("Netty's thread "
        + (Thread.getAllStackTraces().keySet().stream().anyMatch(thread ->
            thread.getName().startsWith("globalEventExecutor")) ? "is there" : "has gone"))));
    Thread.ofPlatform().start(() -> {
      while (main.getState() != Thread.State.WAITING && main.isAlive()) {
        Thread.onSpinWait();
      }
      vertx.close().await();
      System.out.println("closed");
    });
  }
}
