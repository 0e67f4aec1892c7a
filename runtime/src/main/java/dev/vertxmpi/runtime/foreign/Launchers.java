package dev.vertxmpi.runtime.foreign;

import dev.vertxmpi.runtime.foreign.ForeignRank.Said;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The launchers that are known by their variables, innermost first.
 *
 * <pre>
 *               rank                   size                   job                     rank 0
 *   openmpi     OMPI_COMM_WORLD_RANK   OMPI_COMM_WORLD_SIZE   PMIX_NAMESPACE          this host, or VERTX_MPI_ROOT
 *   hydra       PMI_RANK               PMI_SIZE               PMI_JOBID, or the       this host, first node of the
 *                                                             process that started    Slurm step, or VERTX_MPI_ROOT
 *                                                             us
 *   slurm       SLURM_PROCID           SLURM_STEP_NUM_TASKS   SLURM_JOB_ID.STEP_ID    first of SLURM_STEP_NODELIST
 *   kubernetes  JOB_COMPLETION_INDEX   VERTX_MPI_SIZE         HOSTNAME without index  VERTX_MPI_ROOT
 * </pre>
 */
final class Launchers {

  private static final String THIS_HOST = "127.0.0.1";

  /** A launcher; {@code read} gives nothing where its variables are not there. */
  record Launcher(String name, Function<Variables, Optional<Said>> reader) {
    Optional<Said> read(Variables in) {
      return reader.apply(in);
    }
  }

  private Launchers() {
  }

  static Stream<Launcher> all() {
    return Stream.of(new Launcher("openmpi", Launchers::openMpi), new Launcher("hydra", Launchers::hydra),
        new Launcher("slurm", Launchers::slurm), new Launcher("kubernetes", Launchers::kubernetes));
  }

  private static Optional<Said> openMpi(Variables in) {
    if (!in.has("OMPI_COMM_WORLD_RANK")) {
      return Optional.empty();
    }
    int size = in.needed("OMPI_COMM_WORLD_SIZE");
    String job = in.text("PMIX_NAMESPACE").or(() -> in.text("OMPI_MCA_ess_base_jobid")).orElse("");
    boolean oneHost = in.number("OMPI_COMM_WORLD_LOCAL_SIZE").orElse(-1) == size;
    return Optional.of(new Said("openmpi", job, in.needed("OMPI_COMM_WORLD_RANK"), size,
        oneHost ? THIS_HOST : slurmRoot(in), in.number("OMPI_MCA_orte_app_num")));
  }

  private static Optional<Said> hydra(Variables in) {
    if (!in.has("PMI_RANK") || !in.has("PMI_SIZE")) {
      return Optional.empty();
    }
    int size = in.needed("PMI_SIZE");
    boolean oneHost = in.number("MPI_LOCALNRANKS").orElse(-1) == size;
    String job = in.text("PMI_JOBID").orElseGet(() -> oneHost ? starter() : "");
    return Optional.of(new Said("hydra", job, in.needed("PMI_RANK"), size, oneHost ? THIS_HOST : slurmRoot(in),
        in.number("PMI_APPNUM")));
  }

  /** Hydra gives a job no name; on one host, all ranks have the same proxy of it above them. */
  private static String starter() {
    return Stream.iterate(ProcessHandle.current().parent(), Optional::isPresent, up -> up.get().parent())
        .flatMap(Optional::stream)
        .filter(process -> process.info().command().filter(command ->
            command.substring(command.lastIndexOf('/') + 1).matches("hydra.*|mpi(exec|run).*")).isPresent())
        .findFirst()
        .map(process -> process.pid() + "." + process.info().startInstant().map(Object::toString).orElse(""))
        .orElse("");
  }

  private static Optional<Said> slurm(Variables in) {
    // The batch script of a job has a SLURM_PROCID as well; only srun says how many tasks its step has.
    if (!in.has("SLURM_PROCID") || !in.has("SLURM_STEP_NUM_TASKS")) {
      return Optional.empty();
    }
    String job = in.text("SLURM_JOB_ID").map(id -> id + "." + in.text("SLURM_STEP_ID").orElse("0")).orElse("");
    return Optional.of(new Said("slurm", job, in.needed("SLURM_PROCID"), in.needed("SLURM_STEP_NUM_TASKS"),
        slurmRoot(in), OptionalInt.empty()));
  }

  private static String slurmRoot(Variables in) {
    return in.text("SLURM_STEP_NODELIST").or(() -> in.text("SLURM_JOB_NODELIST")).map(NodeList::first).orElse("");
  }

  private static Optional<Said> kubernetes(Variables in) {
    // Not every indexed job is one of MPI; ours says how many pods it has, because Kubernetes does not.
    if (!in.has("JOB_COMPLETION_INDEX") || !in.has("VERTX_MPI_SIZE")) {
      return Optional.empty();
    }
    int index = in.needed("JOB_COMPLETION_INDEX");
    String suffix = "-" + index;
    String job = in.text("HOSTNAME").filter(host -> host.endsWith(suffix))
        .map(host -> host.substring(0, host.length() - suffix.length())).orElse("");
    return Optional.of(new Said("kubernetes", job, index, in.needed("VERTX_MPI_SIZE"), "", OptionalInt.empty()));
  }
}
