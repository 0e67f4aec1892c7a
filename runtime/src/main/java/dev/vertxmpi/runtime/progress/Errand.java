package dev.vertxmpi.runtime.progress;

/**
 * A task that is its own place in the queue of a loop, so that handing it over costs no other object. It can be handed
 * over once.
 */
public abstract class Errand implements Runnable {

  /** What was handed over next; itself once it is of no use. Belongs to {@link ErrandQueue}. */
  volatile Errand next;

  /** Whether it is known that the loop can come here. Belongs to {@link ErrandQueue}. */
  volatile boolean linked;

  /** An errand that nobody has yet. */
  protected Errand() {
  }
}
