package dev.vertxmpi.runtime.link.shm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A lock that nobody waits for, and that can be taken for good. Closed until it is opened. */
final class TryLock {

  private static final int CLOSED = 0;
  private static final int FREE = 1;
  private static final int TAKEN = 2;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(TryLock.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private int state;

  void open() {
    STATE.setRelease(this, FREE);
  }

  boolean tryLock() {
    return (int) STATE.getOpaque(this) == FREE && STATE.compareAndSet(this, FREE, TAKEN);
  }

  void unlock() {
    STATE.setRelease(this, FREE);
  }

  /** Takes it for good, when nobody has it. False where somebody has. */
  boolean tryClose() {
    return (int) STATE.getAcquire(this) == CLOSED || STATE.compareAndSet(this, FREE, CLOSED);
  }
}
