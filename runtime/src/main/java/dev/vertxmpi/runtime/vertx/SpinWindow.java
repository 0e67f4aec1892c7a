package dev.vertxmpi.runtime.vertx;

/**
 * How long a loop spins just now. The more it found since it last slept for long, the longer it waits for more: a
 * partner that lost its core for a moment is worth waiting for in the middle of much work, not after a single message.
 * A sleep from which a message wakes it soon counts as a find: longer spinning would have been better. Without that,
 * two partners who sleep since the machine was busy would go on to wake each other when it is no more.
 *
 * <pre>
 *   found so far     0      1      2   ...   MOST and more
 *   windows          1      2      3   ...   1 + MOST
 * </pre>
 *
 * <p>Where those who poll are more than the cores and spins find nothing, it does not spin at all for a while:
 *
 * <pre>
 *   open --- PATIENT spins in a row for nothing, in a crowd ---> paused for n sleeps
 *    ^                                                                |
 *    '------ a spin that pays &lt;------ one more try &lt;------------------'
 *                                          '--- for nothing: paused for 2n sleeps, at most LONGEST
 * </pre>
 *
 * <p>A loop that sleeps is woken by its doorbell: it loses some microseconds, not the message. Belongs to the loop.
 */
final class SpinWindow {

  /** Two milliseconds where a window is 50 µs: half a time slice of the system. */
  private static final int MOST = 39;

  /** A sleep shorter than so many windows was hardly worth it. */
  private static final int NAP = 4;

  private static final int PATIENT = 16;
  private static final int SHORTEST = 64;
  private static final int LONGEST = 4096;

  private final Spin spin;
  private final Count pauses = new Count();
  private int found;
  private int wasted;
  private int pause = SHORTEST;
  private int sleepsLeft;

  SpinWindow(Spin spin) {
    this.spin = spin;
  }

  /** How long after the last work the loop sleeps. */
  long nanos() {
    return sleepsLeft > 0 ? 0 : spin.nanos() * (1 + found);
  }

  /** There was work. */
  void found() {
    found = Math.min(found + 1, MOST);
    wasted = 0;
    pause = SHORTEST;
  }

  /**
   * A spin found none.
   *
   * @param crowded whether those who poll are more than the cores
   */
  void wasted(boolean crowded) {
    wasted = crowded ? wasted + 1 : 0;
    if (wasted >= PATIENT) {
      // The next try is a single one.
      wasted = PATIENT - 1;
      sleepsLeft = pause;
      pause = Math.min(2 * pause, LONGEST);
      pauses.add(1);
    }
  }

  /**
   * The loop slept.
   *
   * @param nanos until it was woken by work; negative where it was woken by something else
   */
  void slept(long nanos) {
    found = nanos >= 0 && nanos < NAP * spin.nanos() ? Math.min(found + 1, MOST) : 0;
    if (sleepsLeft > 0) {
      sleepsLeft--;
    }
  }

  long pauses() {
    return pauses.get();
  }
}
