package dev.vertxmpi.benchmarks.peer;

import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The MPI libraries in C that we compare with. */
public enum PeerKind {

  /** Open MPI. */
  OPENMPI {
    @Override
    List<String> options(int ranks, boolean tcp) {
      List<String> options = new ArrayList<>(List.of("-np", Integer.toString(ranks), "--oversubscribe"));
      if ("root".equals(System.getProperty("user.name"))) {
        options.add("--allow-run-as-root");
      }
      if (tcp) {
        options.addAll(List.of("--mca", "pml", "ob1", "--mca", "btl", "tcp,self", "--mca", "btl_tcp_if_include", "lo"));
      }
      return options;
    }

    @Override
    Map<String, String> environment(boolean tcp) {
      return Map.of();
    }
  },

  /** MPICH. */
  MPICH {
    @Override
    List<String> options(int ranks, boolean tcp) {
      return List.of("-np", Integer.toString(ranks));
    }

    @Override
    Map<String, String> environment(boolean tcp) {
      // Without the first, ranks on one host use shared memory whatever the network module is.
      return tcp ? Map.of("MPIR_CVAR_NOLOCAL", "1", "UCX_TLS", "tcp,self", "UCX_NET_DEVICES", "lo",
          "FI_PROVIDER", "tcp") : Map.of();
    }
  };

  /**
   * The name on command lines, in results and at the end of the commands that Debian installs.
   *
   * @return in lower case
   */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Options of its mpirun. */
  abstract List<String> options(int ranks, boolean tcp);

  /** Further variables for its processes. */
  abstract Map<String, String> environment(boolean tcp);

  /**
   * Whether its compiler and its starter are installed.
   *
   * @return false where one of them is not on the PATH
   */
  public boolean isInstalled() {
    return find("mpicc") != null && find("mpirun") != null;
  }

  Path require(String tool) {
    Path found = find(tool);
    if (found == null) {
      throw new LauncherException("--peer " + title() + " needs " + tool + "." + title()
          + ", which is not on the PATH");
    }
    return found;
  }

  private Path find(String tool) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool + "." + title()))
        .filter(Files::isExecutable)
        .findFirst().orElse(null);
  }
}
