package dev.vertxmpi.runtime.foreign;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The address of this host on the way to another one. */
public final class OwnAddress {

  private static final long RETRY_MILLIS = 500;

  private OwnAddress() {
  }

  /**
   * Asks the operating system for the way to a host; sends nothing to it. Asks again where the name is not known yet:
   * that of a pod is known only when it runs.
   *
   * @param vertx for timers and threads that may block
   * @param host name or address
   * @param deadline how long to ask
   * @return address of this host that faces it, that of the loopback where the host is this one;
   *     {@link ErrorClass#TIMEOUT} where the name stays unknown or there is no way
   */
  public static Future<String> towards(Vertx vertx, String host, Duration deadline) {
    return ask(vertx, host, System.nanoTime() + deadline.toNanos());
  }

  private static Future<String> ask(Vertx vertx, String host, long limit) {
    return vertx.executeBlocking(() -> ask(host), false).recover(failure -> {
      if (System.nanoTime() - limit >= 0) {
        return Future.failedFuture(new MpiException(ErrorClass.TIMEOUT, "there is no way to " + host
            + ", the host of rank 0: " + failure, failure));
      }
      Promise<String> later = Promise.promise();
      vertx.setTimer(RETRY_MILLIS, again -> ask(vertx, host, limit).onComplete(later));
      return later.future();
    });
  }

  private static String ask(String host) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), 9));
      return socket.getLocalAddress().getHostAddress();
    }
  }
}
