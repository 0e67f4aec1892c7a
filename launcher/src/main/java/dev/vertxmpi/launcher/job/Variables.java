package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobFamily;
import dev.vertxmpi.launcher.JobSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The environment variables that make a process a rank.
 *
 * <pre>
 *   VERTX_MPI_JOB           UUID of the job
 *   VERTX_MPI_RANK          0 to size - 1
 *   VERTX_MPI_SIZE          number of ranks
 *   VERTX_MPI_KEY_FILE      file with the secret of the job, for its owner only; gone once all have joined
 *   VERTX_MPI_ROSTER        host:port on the loopback where the launcher keeps the roster
 *   VERTX_MPI_CLUSTER       name of the job's cluster
 *   VERTX_MPI_MEMBERS       host:port of members to join, with commas: the launcher; only where the cluster is there
 *   VERTX_MPI_CLUSTERED     true where ranks shall have an event bus in common; only where asked for
 *   VERTX_MPI_LOCAL_SCOPE   name of the local scope of names
 *   VERTX_MPI_APP_NUMBER    which of the job's programs this process runs
 *   VERTX_MPI_PARENT_FILE   file with the port of those who spawned the job, for its owner only; gone once all have
 *                           joined
 *   VERTX_MPI_LINKS         links, best first, with commas; only where asked for
 *   VERTX_MPI_NAME_SERVERS  host:port of name servers, with commas; only where asked for
 *   VERTX_MPI_LIFELINE      file that the launcher keeps locked while it lives
 * </pre>
 */
final class Variables {

  static final String JOB = "VERTX_MPI_JOB";
  static final String RANK = "VERTX_MPI_RANK";
  static final String SIZE = "VERTX_MPI_SIZE";
  static final String KEY_FILE = "VERTX_MPI_KEY_FILE";
  static final String ROSTER = "VERTX_MPI_ROSTER";
  static final String CLUSTERED = "VERTX_MPI_CLUSTERED";
  static final String CLUSTER = "VERTX_MPI_CLUSTER";
  static final String MEMBERS = "VERTX_MPI_MEMBERS";
  static final String LOCAL_SCOPE = "VERTX_MPI_LOCAL_SCOPE";
  static final String APP_NUMBER = "VERTX_MPI_APP_NUMBER";
  static final String PARENT_FILE = "VERTX_MPI_PARENT_FILE";
  static final String LINKS = "VERTX_MPI_LINKS";
  static final String NAME_SERVERS = "VERTX_MPI_NAME_SERVERS";
  static final String LIFELINE = "VERTX_MPI_LIFELINE";

  /** Never handed down to a job that a rank starts with a launcher of its own. */
  private static final Set<String> OF_ONE_RANK =
      Set.of(JOB, RANK, SIZE, "VERTX_MPI_INCARNATION", KEY_FILE, ROSTER, CLUSTER, MEMBERS, LOCAL_SCOPE, APP_NUMBER,
          PARENT_FILE, LIFELINE);

  private Variables() {
  }

  /** The name of the cluster of a job. */
  static String cluster(UUID job) {
    return "vertx-mpi-" + job;
  }

  /**
   * Changes the environment of a process that is about to start.
   *
   * @param environment of this process
   * @param spec of the job
   * @param job its id
   * @param rank of the process
   * @param gathering where the ranks meet
   * @param files of the job
   */
  static void apply(Map<String, String> environment, JobSpec spec, UUID job, int rank,
      Gathering gathering, JobFiles files) {
    environment.keySet().removeAll(OF_ONE_RANK);
    environment.putAll(spec.getEnvironment());
    Map<String, String> own = new TreeMap<>();
    own.put(JOB, job.toString());
    own.put(RANK, Integer.toString(rank));
    own.put(SIZE, Integer.toString(spec.totalRanks()));
    own.put(KEY_FILE, files.key().toString());
    own.put(CLUSTER, gathering.cluster());
    if (!gathering.member().isEmpty()) {
      own.put(MEMBERS, gathering.member());
    }
    if (!gathering.roster().isEmpty()) {
      own.put(ROSTER, gathering.roster());
    }
    if (spec.isClustered()) {
      own.put(CLUSTERED, "true");
    }
    own.put(LOCAL_SCOPE, spec.getFamily().map(JobFamily::localScope).orElse(job.toString()));
    own.put(APP_NUMBER, Integer.toString(Program.of(spec, rank).number()));
    if (spec.getFamily().isPresent()) {
      own.put(PARENT_FILE, files.parent().toString());
    }
    own.put(LIFELINE, files.lifeline().toString());
    if (!spec.getLinks().isEmpty()) {
      own.put(LINKS, String.join(",", spec.getLinks()));
    }
    if (!spec.getNameServers().isEmpty()) {
      own.put(NAME_SERVERS, String.join(",", spec.getNameServers()));
    }
    environment.putAll(own);
  }
}
