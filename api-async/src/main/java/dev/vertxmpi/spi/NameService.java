package dev.vertxmpi.spi;

import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Names of one scope.
 *
 * <p>No method blocks. Futures may settle on any thread. Entries vanish when their owner ends, by a crash too. Where
 * the store cannot be reached in time, calls fail with {@code SERVICE} and say which servers were tried.
 */
public interface NameService {

  /**
   * Publishes a name.
   *
   * @param service the name
   * @param port the port string
   * @param owner the publisher
   * @param unique fail with {@code NAME} where the name exists; otherwise replace it
   * @return settles when lookups find it
   */
  Future<Void> publish(String service, String port, ProcessId owner, boolean unique);

  /**
   * Takes a name back.
   *
   * @param service the name
   * @param owner the publisher
   * @return {@code SERVICE} where it is not there; {@code ACCESS} where somebody else published it
   */
  Future<Void> unpublish(String service, ProcessId owner);

  /**
   * Takes back all names of a process.
   *
   * @param owner the publisher
   * @return settles when they are gone
   */
  Future<Void> unpublishAll(ProcessId owner);

  /**
   * Finds a name.
   *
   * @param service the name
   * @param wait how long to wait for it; zero for not at all
   * @return the entry; {@code NAME} where it is not there
   */
  Future<NameEntry> lookup(String service, Duration wait);

  /**
   * Lists all names.
   *
   * @return in the order of the names
   */
  Future<List<NameEntry>> list();

  /**
   * Tells of the names that are there, each as published, then of every name that is published or vanishes. Where
   * changes were missed because the store could not be reached, what is different afterwards is told.
   *
   * @param listener called one event after the other, on any thread; must not block, nor throw
   * @return settles when the names that are there have been told; what it holds ends the telling, as closing does
   */
  Future<Runnable> watch(Consumer<NameEvent> listener);

  /**
   * Tells of entries that were published through this JVM and did not survive: the store lost them, after a split of
   * its servers or because the publisher was away for long, and somebody else has published the name before they could
   * be put back. A name that was replaced, as is usual where {@code unique} is not asked for, is not lost.
   *
   * <p>A store that loses nothing while its users live tells nothing.
   *
   * @param listener called on any thread, until this service is closed, for owners that others serve too; must not
   *     block, nor throw
   */
  default void onLost(Consumer<NameEntry> listener) {
  }

  /**
   * Lets go of the store. Names of processes that are still there stay where others hold the store.
   *
   * @return settles when nothing is left open
   */
  Future<Void> close();
}
