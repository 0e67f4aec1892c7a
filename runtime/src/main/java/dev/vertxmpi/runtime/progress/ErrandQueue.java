package dev.vertxmpi.runtime.progress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Errands from any thread for one loop, in the order in which they were handed over. Nobody waits for anybody.
 *
 * <pre>
 *   front                                  back
 *     |                                      |
 *     v       next          next             v
 *   (done) --------&gt; errand ---- . . . &gt; errand
 *                               ^
 *                               somebody has exchanged back and not yet set next
 * </pre>
 *
 * <p>The loop looks at the front alone, where threads that hand over write nothing but the next errand: who waits and
 * who hands over share no other line of memory. It asks for the back only before it sleeps, or where a thread has met
 * another in the middle of handing over, so that its own errand cannot be seen from the front yet.
 */
public final class ErrandQueue {

  /** Places in {@link #ends}, with lines of memory between them and around, fetched in pairs. */
  private static final int BACK = 32;
  private static final int FRONT = 64;
  private static final int LENGTH = 97;

  private static final VarHandle NEXT;
  private static final VarHandle LINKED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(Errand.class, "next", Errand.class);
      LINKED = lookup.findVarHandle(Errand.class, "linked", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final class Done extends Errand {
    @Override
    public void run() {
      throw new IllegalStateException("it stands for what was done");
    }
  }

  private final AtomicReferenceArray<Errand> ends = new AtomicReferenceArray<>(LENGTH);
  /** Whether there may be an errand that cannot be seen from the front. */
  private volatile boolean torn;

  /** An empty queue. */
  public ErrandQueue() {
    Errand done = new Done();
    done.linked = true;
    ends.setPlain(FRONT, done);
    ends.set(BACK, done);
  }

  /**
   * Hands an errand over. From any thread.
   *
   * @param errand never handed over before
   */
  public void add(Errand errand) {
    Errand before = ends.getAndSet(BACK, errand);
    NEXT.setRelease(before, errand);
    if ((boolean) LINKED.getAcquire(before)) {
      LINKED.setRelease(errand, true);
    } else {
      torn = true;
    }
  }

  /**
   * Takes the next errand. On the loop.
   *
   * @return null where none can be seen
   */
  public Errand poll() {
    Errand front = ends.getPlain(FRONT);
    Errand taken = (Errand) NEXT.getAcquire(front);
    if (taken == null) {
      return null;
    }
    if (!(boolean) LINKED.getOpaque(taken)) {
      LINKED.setRelease(taken, true);
    }
    // A chain of those that are done would be kept by the oldest, once that has got old.
    NEXT.setRelease(front, front);
    ends.setPlain(FRONT, taken);
    return taken;
  }

  /**
   * Whether there is an errand. On the loop.
   *
   * @return true where one was handed over before this
   */
  public boolean hasNext() {
    return (Errand) NEXT.getAcquire(ends.getPlain(FRONT)) != null || (torn && isTorn());
  }

  private boolean isTorn() {
    if (isEmpty()) {
      torn = false;
      // Who exchanges the back after this look says so after the line above.
      if (!isEmpty()) {
        torn = true;
      }
    }
    return torn;
  }

  /**
   * Whether nobody has begun to hand anything over. On the loop, before it sleeps: who begins after this sees what the
   * loop has written before.
   *
   * @return false also while somebody is at it
   */
  @SuppressWarnings("ReferenceEquality") // An errand is only ever itself.
  public boolean isEmpty() {
    return ends.get(BACK) == ends.getPlain(FRONT);
  }
}
