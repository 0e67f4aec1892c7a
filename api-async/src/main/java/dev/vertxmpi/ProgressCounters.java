package dev.vertxmpi;

/**
 * What the event loop on which a rank progresses has done so far. Ranks on one loop share the counts; ranks on worker
 * and virtual threads of one {@code Vertx} progress on one loop.
 *
 * <pre>
 *   work --> spin: look, look, look --> work      a spin that paid
 *                        '--> nothing for the window --> sleep --> woken by a doorbell, a socket or a timer
 * </pre>
 *
 * @param polls whether the loop looks by itself; otherwise it is woken for everything, and only {@code wakeUps} grows
 * @param spins how often it began to spin after work
 * @param paid how many of these spins found more work before they were over
 * @param yields how often it offered the core to others while it spun
 * @param sleeps how often it slept
 * @param pauses how often it stopped spinning for a while, because those who poll are more than the
 *     cores and spinning did not pay
 * @param wakeUps how often tasks of other threads had to wake it
 */
public record ProgressCounters(boolean polls, long spins, long paid, long yields, long sleeps, long pauses,
    long wakeUps) {
}
