package dev.vertxmpi.spi;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.SpawnOptions;
import java.time.Duration;
import java.util.List;

/** Starts processes that are to be a job of their own: provided by the module {@code launcher}. */
public interface SpawnProvider {

  /**
   * The provider.
   *
   * @return the one on the class or module path
   */
  static SpawnProvider get() {
    return Providers.only(SpawnProvider.class, "vertx-mpi-launcher");
  }

  /**
   * Starts the processes. May block for as long as it takes to start one.
   *
   * @param request what to start
   * @return the job, at once
   * @throws MpiException {@link ErrorClass#SPAWN} where nothing can be started
   */
  SpawnedJob start(Request request);

  /**
   * What to start. It holds a secret.
   *
   * @param programs main classes and commands; ranks count on from one to the next, the index of a program is its
   *     application number
   * @param parent where the ranks connect before they have begun; must not be seen by anybody else, so not in the
   *     environment nor on a command line
   * @param localScope of names
   * @param cluster that the parent's {@code Vertx} is a member of; empty to begin one
   * @param members host:port of members of that cluster
   * @param joinTimeout how long the ranks have to connect
   */
  record Request(List<SpawnOptions> programs, Port parent, String localScope, String cluster, List<String> members,
      Duration joinTimeout) {

    /**
     * What to start.
     *
     * @param programs copied
     * @param parent where to connect
     * @param localScope of names
     * @param cluster may be empty
     * @param members copied
     * @param joinTimeout positive
     */
    public Request {
      programs = List.copyOf(programs);
      members = List.copyOf(members);
    }
  }
}
