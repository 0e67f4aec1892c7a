package dev.vertxmpi.spi;

import dev.vertxmpi.MpiException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Who started this JVM for the sake of a rank, if a launcher did: it may end the JVM with its rank. Nobody else may, so
 * where no launcher has said anything, nothing happens.
 */
public final class JvmOwner {

  private static final AtomicReference<Consumer<MpiException>> ACTION = new AtomicReference<>(why -> { });

  private JvmOwner() {
  }

  /**
   * Says what becomes of the JVM when its rank cannot go on.
   *
   * @param action gets the reason; must not block
   */
  public static void onFatal(Consumer<MpiException> action) {
    ACTION.set(Objects.requireNonNull(action, "action"));
  }

  /**
   * The rank for which this JVM was started cannot go on, and has ended.
   *
   * @param why the reason
   */
  public static void fatal(MpiException why) {
    ACTION.get().accept(why);
  }
}
