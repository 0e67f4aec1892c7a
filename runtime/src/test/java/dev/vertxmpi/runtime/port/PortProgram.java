package dev.vertxmpi.runtime.port;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A job in a process of its own, of which others know no more than a file with the name of its port.
 *
 * <pre>
 *   hold HOST RANKS FILE     opens the port and accepts nobody
 *   serve HOST RANKS FILE    accepts one client: all sum up their ranks with it, then disconnect
 * </pre>
 *
 * <p>Ends when its standard input does.
 */
public final class PortProgram {

  private PortProgram() {
  }

  static MpiOptions options(String host) {
    return new MpiOptions().setLinks(List.of("tcp")).setNameServers(List.of()).setHost(host);
  }

  /**
   * Runs it.
   *
   * @param args see above
   */
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().start(PortProgram::exitWithParent);
    Path file = Path.of(args[3]);
    MpiJob.run(Vertx.vertx(), new JobOptions().setRanks(Integer.parseInt(args[2])).setMpi(options(args[1])), mpi ->
        open(mpi, file).compose(port -> args[0].equals("serve") ? serve(mpi, port)
            : Promise.<Integer>promise().future())).await();
    System.exit(0);
  }

  private static void exitWithParent() {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      System.out.println("standard input is broken");
    }
    System.exit(0);
  }

  private static Future<Port> open(Mpi mpi, Path file) {
    return mpi.rank() > 0 ? Future.succeededFuture() : mpi.openPort(new PortOptions()).map(port -> {
      try {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, port.name() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return port;
    });
  }

  private static Future<Integer> serve(Mpi mpi, Port port) {
    return mpi.world().accept(port).compose(client -> client.allreduce(client.rank(), Op.SUM)
        .compose(sum -> client.disconnect().map(sum)));
  }
}
