package dev.vertxmpi.launcher.job;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Sends signals, which the JDK can do for SIGTERM and SIGKILL alone. */
final class Signals {

  static final int SIGTERM = 15;

  private static final Optional<MethodHandle> KILL = find();

  private Signals() {
  }

  private static Optional<MethodHandle> find() {
    Linker linker = Linker.nativeLinker();
    return linker.defaultLookup().find("kill").map(address -> linker.downcallHandle(address,
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
  }

  /** Sends a signal to a process; false where that cannot be done. */
  static boolean send(long pid, int number) {
    if (KILL.isEmpty()) {
      return false;
    }
    try {
      return (int) KILL.get().invokeExact(Math.toIntExact(pid), number) == 0;
    } catch (Throwable e) {
      return false;
    }
  }
}
