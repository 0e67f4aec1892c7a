package dev.vertxmpi.runtime.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A lock that nobody waits for, and that can be taken for good. Closed until it is opened. */
public final class TryLock {

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

  /** A lock that is closed. */
  public TryLock() {
  }

  /** Makes a new lock free. */
  public void open() {
    STATE.setRelease(this, FREE);
  }

  /**
   * Takes it, where nobody has it.
   *
   * @return false where somebody has, or it is closed
   */
  public boolean tryLock() {
    return (int) STATE.getOpaque(this) == FREE && STATE.compareAndSet(this, FREE, TAKEN);
  }

  /** Gives it back. */
  public void unlock() {
    STATE.setRelease(this, FREE);
  }

  /**
   * Takes it for good, when nobody has it.
   *
   * @return false where somebody has
   */
  public boolean tryClose() {
    return (int) STATE.getAcquire(this) == CLOSED || STATE.compareAndSet(this, FREE, CLOSED);
  }
}
