package dev.vertxmpi.runtime.port;

import static dev.vertxmpi.runtime.comm.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.Op;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.runtime.faults.Cable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs in two network namespaces, with no cluster, event bus or launcher in common. */
class TwoNetworksIT {

  @TempDir
  private Path folder;

  @Test
  void shouldMeetByAPortInAFile() throws IOException, InterruptedException {
    Vertx vertx = Vertx.vertx();
    try (Cable cable = new Cable();
        PortProcess server = PortProcess.start(cable.atTheOtherEnd(), "serve", Cable.THERE, 3,
            folder.resolve("port"))) {
      Port port = server.port();
      List<Integer> sums = await(MpiJob.run(vertx,
          new JobOptions().setRanks(2).setMpi(PortProgram.options(Cable.HERE)), mpi ->
              mpi.world().connect(mpi.rank() == 0 ? port : null).compose(connection ->
                  connection.allreduce(connection.rank(), Op.SUM)
                      .compose(sum -> connection.disconnect().map(sum)))));
      assertEquals(List.of(3, 3), sums, "the ranks 0, 1 and 2 of the server");
      assertEquals(0, server.exitCode());
    } finally {
      await(vertx.close());
    }
  }
}
