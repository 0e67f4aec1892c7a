package dev.vertxmpi.runtime.progress;

/**
 * What a polling loop looks at between its events. All methods run on the loop.
 *
 * <pre>
 *   poll, poll, poll ...   nothing for a while:   arm --false--> poll again
 *     ^                                            | true
 *     |                                            v
 *     '------------ disarm &lt;--- the loop wakes --- it sleeps: whoever has work rings
 * </pre>
 */
public interface Pollable {

  /**
   * Does what there is to do, within a turn.
   *
   * @return true where there was anything
   */
  boolean poll();

  /**
   * The loop is about to sleep: from now on, whoever has work must wake it.
   *
   * @return false where there is work already
   */
  boolean arm();

  /** The loop is awake and polls. */
  void disarm();
}
