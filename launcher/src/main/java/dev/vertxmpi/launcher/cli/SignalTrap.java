package dev.vertxmpi.launcher.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Takes SIGINT, SIGTERM and SIGHUP while something runs, instead of the JVM's own shutdown.
 *
 * <p>Written with reflection: the compiler warns of {@code sun.misc.Signal} in a way that cannot be switched off, yet
 * the module {@code jdk.unsupported} keeps it for uses like this one.
 */
final class SignalTrap implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final Map<Object, Object> former = new LinkedHashMap<>();
  private Method handle;

  private SignalTrap() {
  }

  /**
   * Sets the trap. Where a platform has no such signals, or a caller like {@code nohup} has them ignored, they stay as
   * they are.
   *
   * @param action gets the number of the signal, on a thread of the JVM
   */
  static SignalTrap set(IntConsumer action) {
    SignalTrap trap = new SignalTrap();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      trap.handle = signal.getMethod("handle", signal, handler);
      Object ignored = handler.getField("SIG_IGN").get(null);
      MethodHandle deliver = MethodHandles.lookup().findStatic(SignalTrap.class, "deliver",
          MethodType.methodType(void.class, IntConsumer.class, Method.class, Object.class));
      Object ours = MethodHandleProxies.asInterfaceInstance(handler,
          MethodHandles.insertArguments(deliver, 0, action, signal.getMethod("getNumber")));
      for (String name : NAMES) {
        trap.add(signal.getConstructor(String.class).newInstance(name), ours, ignored);
      }
    } catch (ReflectiveOperationException e) {
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "signals cannot be taken", e);
    }
    return trap;
  }

  private static void deliver(IntConsumer action, Method number, Object signal) throws ReflectiveOperationException {
    action.accept((int) number.invoke(signal));
  }

  private void add(Object signal, Object ours, Object ignored) throws ReflectiveOperationException {
    Object before = handle.invoke(null, signal, ours);
    if (ignored.equals(before)) {
      handle.invoke(null, signal, ignored);
    } else {
      former.put(signal, before);
    }
  }

  @Override
  public void close() {
    former.forEach((signal, before) -> {
      try {
        handle.invoke(null, signal, before);
      } catch (ReflectiveOperationException e) {
        System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "a signal cannot be given back", e);
      }
    });
  }
}
