package dev.vertxmpi.runtime.foreign;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What the environment of a process says that another launcher than ours has started.
 *
 * <pre>
 *   VERTX_MPI_LAUNCHER   openmpi, hydra, slurm, kubernetes: look for no other; none: for none at all
 *   VERTX_MPI_JOB_NAME   the same for all ranks, and no other job's
 *   VERTX_MPI_ROOT       host of rank 0, as the others reach it
 *   VERTX_MPI_PORT       where rank 0 is met; else 20000 to 31999, made of the job's name
 * </pre>
 *
 * @param launcher which
 * @param name of the job
 * @param rank of this process
 * @param size number of ranks
 * @param root host of rank 0
 * @param port at which rank 0 is met
 * @param appNumber which program, if the launcher says so
 */
public record ForeignRank(String launcher, String name, int rank, int size, String root, int port,
    OptionalInt appNumber) {

  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  /** What is needed and set by a launcher, or by the user where it does not. */
  record Said(String launcher, String name, int rank, int size, String root, OptionalInt appNumber) {
  }

  /**
   * Reads the environment: the innermost launcher counts, so {@code mpirun} within a Slurm job is {@code mpirun}.
   *
   * @param variables of the process
   * @return empty where no launcher is known by its variables
   * @throws MpiException {@link ErrorClass#ARG} where they are incomplete, naming the variable to set
   */
  public static Optional<ForeignRank> of(Map<String, String> variables) {
    String only = variables.getOrDefault("VERTX_MPI_LAUNCHER", "");
    Variables in = new Variables(variables);
    return Launchers.all().filter(launcher -> only.isEmpty() || launcher.name().equals(only))
        .map(launcher -> launcher.read(in)).flatMap(Optional::stream).findFirst().map(said -> complete(in, said));
  }

  private static ForeignRank complete(Variables in, Said said) {
    if (said.size() < 1 || said.rank() < 0 || said.rank() >= said.size()) {
      throw new MpiException(ErrorClass.ARG, "the environment of " + said.launcher() + " says that this is rank "
          + said.rank() + " of " + said.size());
    }
    String name = in.text("VERTX_MPI_JOB_NAME").orElse(said.name());
    String root = in.text("VERTX_MPI_ROOT").orElse(said.root());
    if (name.isEmpty() || root.isEmpty()) {
      throw new MpiException(ErrorClass.ARG, said.launcher() + " does not say " + (name.isEmpty()
          ? "which job this is: set VERTX_MPI_JOB_NAME, to the same for all its ranks and no other job"
          : "where rank 0 is: set VERTX_MPI_ROOT to its host"));
    }
    int port = in.number("VERTX_MPI_PORT").orElse(FIRST_PORT + Math.floorMod(name.hashCode(), PORTS));
    if (port < 1 || port > 65_535) {
      throw new MpiException(ErrorClass.ARG, "the variable VERTX_MPI_PORT must be 1 to 65535, but is " + port);
    }
    return new ForeignRank(said.launcher(), name, said.rank(), said.size(), root, port, said.appNumber());
  }

  /**
   * The job, as process ids have it.
   *
   * @return made of its name
   */
  public UUID job() {
    return UUID.nameUUIDFromBytes((launcher + "/" + name).getBytes(StandardCharsets.UTF_8));
  }
}
