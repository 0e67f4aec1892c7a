package dev.vertxmpi.runtime.vertx;

/**
 * How long a loop spins just now: the window of {@link Spin}, or not at all for a while where those who poll
 * are more than the cores and what was waited for did not come.
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

  private static final int PATIENT = 16;
  private static final int SHORTEST = 64;
  private static final int LONGEST = 4096;

  private final Spin spin;
  private final Count pauses = new Count();
  private int wasted;
  private int pause = SHORTEST;
  private int sleepsLeft;

  SpinWindow(Spin spin) {
    this.spin = spin;
  }

  /** The length of a spin that would begin now. */
  long nanos() {
    return sleepsLeft > 0 ? 0 : spin.nanos();
  }

  /** A spin found work. */
  void paid() {
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

  /** The loop slept. */
  void slept() {
    if (sleepsLeft > 0) {
      sleepsLeft--;
    }
  }

  long pauses() {
    return pauses.get();
  }
}
