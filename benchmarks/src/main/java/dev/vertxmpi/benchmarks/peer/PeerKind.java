package dev.vertxmpi.benchmarks.peer;

import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
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

    @Override
    List<String> nameServer(Path folder, int port) {
      return List.of(require("ompi-server", "").toString(), "--no-daemonize", "-r", uri(folder).toString());
    }

    @Override
    boolean isReady(Path folder, int port) throws IOException {
      return Files.exists(uri(folder)) && Files.size(uri(folder)) > 0;
    }

    @Override
    List<String> nameServerOptions(Path folder, int port) {
      return List.of("--ompi-server", "file:" + uri(folder));
    }

    private static Path uri(Path folder) {
      return folder.resolve("ompi-server");
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

    @Override
    List<String> nameServer(Path folder, int port) {
      return List.of(require("hydra_nameserver", "").toString(), "-port", Integer.toString(port));
    }

    @Override
    boolean isReady(Path folder, int port) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    List<String> nameServerOptions(Path folder, int port) {
      return List.of("-nameserver", "localhost:" + port);
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

  /** The command that keeps names for several of its jobs, in the foreground. */
  abstract List<String> nameServer(Path folder, int port);

  /** Whether that has begun to serve. */
  abstract boolean isReady(Path folder, int port) throws IOException;

  /** Options of its mpirun that tell where. */
  abstract List<String> nameServerOptions(Path folder, int port);

  /**
   * Whether its compiler and its starter are installed.
   *
   * @return false where one of them is not on the PATH
   */
  public boolean isInstalled() {
    return find("mpicc." + title()) != null && find("mpirun." + title()) != null;
  }

  Path require(String tool) {
    return require(tool, "." + title());
  }

  /** The tool of a name; it belongs to this library alone where there is no suffix. */
  Path require(String tool, String suffix) {
    Path found = find(tool + suffix);
    if (found == null) {
      throw new LauncherException("--peer " + title() + " needs " + tool + suffix + ", which is not on the PATH");
    }
    return found;
  }

  private static Path find(String file) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, file))
        .filter(Files::isExecutable)
        .findFirst().orElse(null);
  }
}
