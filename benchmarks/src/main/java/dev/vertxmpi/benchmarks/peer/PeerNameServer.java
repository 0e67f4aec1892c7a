package dev.vertxmpi.benchmarks.peer;

import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The process that keeps the names of several jobs of a peer. */
final class PeerNameServer implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Process process;
  private final List<String> options;

  private PeerNameServer(Process process, List<String> options) {
    this.process = process;
    this.options = options;
  }

  /** Starts it; returns when it serves. */
  static PeerNameServer start(PeerKind kind, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    File nowhere = Path.of("/dev/null").toFile();
    Process process = new ProcessBuilder(kind.nameServer(folder, port)).redirectInput(nowhere)
        .redirectOutput(nowhere).redirectError(Redirect.INHERIT).start();
    PeerNameServer server = new PeerNameServer(process, kind.nameServerOptions(folder, port));
    long end = System.nanoTime() + START.toNanos();
    while (!kind.isReady(folder, port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        server.close();
        throw new LauncherException("the name server of " + kind.title() + " has not begun to serve");
      }
      Thread.sleep(LOOK);
    }
    return server;
  }

  /** Nobody else takes it in the moment until the server does, as far as one can tell. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** For its mpirun. */
  List<String> options() {
    return options;
  }

  @Override
  public void close() {
    PeerProcess.end(process);
  }
}
