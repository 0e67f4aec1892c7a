package dev.vertxmpi.runtime.vertx;

import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;

/** The tasks of a loop that is not there: what it is told to do is only kept. */
abstract class LoopTasksState {

  final LoopTasks tasks;
  private volatile Runnable told;

  LoopTasksState(boolean polled) {
    EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoop.class.getClassLoader(),
        new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> switch (method.getName()) {
          case "isShutdown" -> false;
          case "execute" -> {
            told = (Runnable) arguments[0];
            yield null;
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
    tasks = new LoopTasks(loop, polled);
  }

  /** What the loop was told to do, and has not begun. */
  Runnable told() {
    Runnable next = told;
    told = null;
    return next;
  }

  boolean isTold() {
    return told != null;
  }
}
