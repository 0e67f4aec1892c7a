package dev.vertxmpi.runtime.job;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a launcher tells the processes of a job.
 *
 * <pre>
 *   VERTX_MPI_JOB           UUID of the job
 *   VERTX_MPI_RANK          0 to size - 1
 *   VERTX_MPI_SIZE          number of ranks
 *   VERTX_MPI_INCARNATION   how often this rank was started before; 0 where absent
 *   VERTX_MPI_KEY_FILE      file with the secret of the job, 64 hexadecimal digits, for its owner only
 *   VERTX_MPI_ROSTER        host:port on the loopback where the launcher keeps the roster; without it, the ranks meet
 *                           on the event bus of the cluster
 *   VERTX_MPI_CLUSTER       name of the job's cluster
 *   VERTX_MPI_MEMBERS       host:port of members to join, with commas; with a roster, only where the cluster is there
 *   VERTX_MPI_LOCAL_SCOPE   name of the local scope of names; the job where absent
 *   VERTX_MPI_APP_NUMBER    which of the job's programs this process runs
 *   VERTX_MPI_PARENT_FILE   file with the port of those who spawned the job, for its owner only
 *   VERTX_MPI_UNIVERSE_SIZE how many ranks there may usefully be, in all jobs together
 * </pre>
 *
 * @param job the job
 * @param rank of this process
 * @param size number of ranks
 * @param incarnation of this rank
 * @param keyFile where the secret lies
 * @param cluster name of the cluster, if one is to be joined
 * @param members of that cluster
 * @param localScope of names
 * @param appNumber which program, if the launcher says so
 * @param parentFile where the port of the parents lies, if it was spawned
 */
record LaunchEnvironment(UUID job, int rank, int size, int incarnation, Path keyFile, Optional<String> cluster,
    List<String> members, String localScope, OptionalInt appNumber, Optional<Path> parentFile) {

  private static final int KEY_BYTES = 32;
  private static final String KEY_FILE = "VERTX_MPI_KEY_FILE";
  private static final String ROSTER = "VERTX_MPI_ROSTER";
  private static final String PARENT_FILE = "VERTX_MPI_PARENT_FILE";
  private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
      PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

  /** Reads the environment; empty where no launcher speaks. */
  static Optional<LaunchEnvironment> of(Map<String, String> variables) {
    if (!variables.containsKey("VERTX_MPI_JOB")) {
      return Optional.empty();
    }
    UUID job = read(variables, "VERTX_MPI_JOB", "a UUID", UUID::fromString);
    int size = number(variables, "VERTX_MPI_SIZE", 1, Integer.MAX_VALUE);
    int rank = number(variables, "VERTX_MPI_RANK", 0, size - 1);
    int incarnation = variables.containsKey("VERTX_MPI_INCARNATION")
        ? number(variables, "VERTX_MPI_INCARNATION", 0, Integer.MAX_VALUE) : 0;
    Path keyFile = read(variables, KEY_FILE, "a path", Path::of);
    String members = variables.getOrDefault("VERTX_MPI_MEMBERS", "").strip();
    return Optional.of(new LaunchEnvironment(job, rank, size, incarnation, keyFile,
        Optional.ofNullable(variables.get("VERTX_MPI_CLUSTER")),
        members.isEmpty() ? List.of() : List.of(members.split("\\s*,\\s*")),
        variables.getOrDefault("VERTX_MPI_LOCAL_SCOPE", job.toString()),
        optional(variables, "VERTX_MPI_APP_NUMBER", 0),
        variables.containsKey(PARENT_FILE) ? Optional.of(read(variables, PARENT_FILE, "a path", Path::of))
            : Optional.empty()));
  }

  /** Where the launcher keeps the roster; empty where it is on the event bus. */
  static Optional<InetSocketAddress> roster(Map<String, String> variables) {
    return variables.containsKey(ROSTER)
        ? Optional.of(read(variables, ROSTER, "host:port on the loopback", LaunchEnvironment::loopback))
        : Optional.empty();
  }

  private static InetSocketAddress loopback(String text) {
    int colon = text.lastIndexOf(':');
    InetAddress host = InetAddress.ofLiteral(text.substring(0, Math.max(0, colon)));
    if (!host.isLoopbackAddress()) {
      throw new IllegalArgumentException("not on the loopback");
    }
    return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }

  /** {@code MPI_UNIVERSE_SIZE}; empty where nobody has set it. */
  static OptionalInt universeSize(Map<String, String> variables) {
    return optional(variables, "VERTX_MPI_UNIVERSE_SIZE", 1);
  }

  private static OptionalInt optional(Map<String, String> variables, String name, int least) {
    return variables.containsKey(name) ? OptionalInt.of(number(variables, name, least, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  private static int number(Map<String, String> variables, String name, int least, int most) {
    String rule = "a number from " + least + " to " + most;
    int value = read(variables, name, rule, Integer::valueOf);
    if (value < least || value > most) {
      throw new MpiException(ErrorClass.ARG, "the variable " + name + " must be " + rule + ", but is " + value);
    }
    return value;
  }

  private static <T> T read(Map<String, String> variables, String name, String rule, Function<String, T> parse) {
    String text = variables.get(name);
    if (text == null) {
      throw new MpiException(ErrorClass.ARG, "the variable " + name + " must be " + rule + ", but is not set");
    }
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new MpiException(ErrorClass.ARG, "the variable " + name + " must be " + rule + ", but is \"" + text + "\"");
    }
  }

  /** Where this process comes from. Blocks. */
  Origin readOrigin() {
    Optional<Port> parent = parentFile.map(file -> Port.parse(readSecret(file, PARENT_FILE, "a port",
        Port.MAX_NAME + 1)));
    return new Origin(localScope, appNumber, parent, cluster.orElse(""), members);
  }

  /** Reads the secret. Blocks. */
  byte[] readKey() {
    String rule = "64 hexadecimal digits";
    try {
      byte[] key = HexFormat.of().parseHex(readSecret(keyFile, KEY_FILE, rule, 4 * KEY_BYTES).strip());
      if (key.length != KEY_BYTES) {
        throw wrong(KEY_FILE, "must hold " + rule, null);
      }
      return key;
    } catch (IllegalArgumentException e) {
      // Its message would quote the secret.
      throw wrong(KEY_FILE, "must hold " + rule, null);
    }
  }

  private static String readSecret(Path file, String variable, String what, int most) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
        throw wrong(variable, "must not be accessible to others than its owner", null);
      }
      if (Files.size(file) > most) {
        throw wrong(variable, "must hold " + what, null);
      }
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw wrong(variable, "cannot be read", e);
    }
  }

  private static MpiException wrong(String variable, String rule, IOException cause) {
    return new MpiException(ErrorClass.ARG, "the file that " + variable + " names " + rule, cause);
  }
}
