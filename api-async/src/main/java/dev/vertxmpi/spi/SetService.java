package dev.vertxmpi.spi;

import dev.vertxmpi.process.ProcessId;
import io.vertx.core.Future;
import java.util.function.Consumer;

/**
 * Where process sets are kept.
 *
 * <p>No method blocks. Futures may settle on any thread. A set exists while it has members. Members vanish, as dead,
 * when what holds their entry ends, within 3 seconds where its process was killed. Where the store cannot be reached in
 * time, calls fail with {@code SERVICE}.
 */
public interface SetService {

  /**
   * Adds a member.
   *
   * @param uri names the set
   * @param member its holder is for the store to say
   * @return a roll with it, which others can read; {@code PROC_FAILED} where the set remembers it as dead
   */
  Future<SetRoll> join(String uri, SetMember member);

  /**
   * Takes a member out.
   *
   * @param uri names the set
   * @param process who; need not be a member
   * @param died whether it is dead, as far as the caller can see
   * @return settles when it is none for anybody
   */
  Future<Void> remove(String uri, ProcessId process, boolean died);

  /**
   * Tells the roll as it is, then as it changes, the newest last. Rolls that were replaced quickly may be left out.
   *
   * @param uri names the set
   * @param listener called one roll after the other, on any thread; must not block, nor throw
   * @return settles when the roll that is there has been told; what it holds ends the telling, as closing does
   */
  Future<Runnable> watch(String uri, Consumer<SetRoll> listener);

  /**
   * Lets go of the store. Members that joined through it are not taken out, but no longer looked after.
   *
   * @return settles when nothing is left open
   */
  Future<Void> close();
}
