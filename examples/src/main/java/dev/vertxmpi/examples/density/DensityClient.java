package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Job 2 of the demo: finds the service, fetches the grid, draws. */
public final class DensityClient {

  private DensityClient() {
  }

  /**
   * Runs the one rank.
   *
   * @param args path of the picture, then {@code service NAME SECONDS} or {@code port PORT-NAME}
   */
  public static void main(String[] args) {
    Path picture = Path.of(args[0]);
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    int status = 0;
    try {
      Port port = args[1].equals("port") ? Port.parse(args[2]) : find(mpi, args[2], Long.parseLong(args[3]));
      Fetched fetched = fetch(mpi, port);
      DensityPicture.write(fetched.raster(), fetched.counts(), picture);
      System.out.print(DensityTable.of(fetched, picture));
    } catch (MpiException | IOException e) {
      status = DensityServer.EXPLAINED;
      System.err.println(e.getMessage());
    }
    await(mpi.close());
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * What the server sent.
   *
   * @param raster cells and bounds
   * @param counts of all cells
   * @param summary the rest
   */
  record Fetched(Raster raster, long[] counts, JsonObject summary) {
  }

  private static Port find(Mpi mpi, String service, long seconds) {
    return await(mpi.lookup(service,
        new LookupOptions().setOrder(List.of(Scope.GLOBAL)).setWait(Duration.ofSeconds(seconds))));
  }

  /** Connects and fetches the grid, each rank's rows into their place. */
  static Fetched fetch(Mpi mpi, Port port) {
    Intercommunicator server = await(mpi.self().connect(port));
    JsonObject summary = await(server.recv(JsonObject.class, 0, DensityServer.SUMMARY)).body();
    Raster raster = new Raster(summary.getInteger("width"), summary.getInteger("height"),
        Bounds.fromJson(summary.getJsonObject("bounds")));
    long[] counts = new long[raster.width() * raster.height()];
    MessageBuffer all = MessageBuffer.of(counts);
    List<Future<?>> rows = new ArrayList<>();
    for (int rank = 0; rank < server.remoteSize(); rank++) {
      long first = (long) raster.firstRow(rank, server.remoteSize()) * raster.width();
      long cells = (long) raster.rows(rank, server.remoteSize()) * raster.width();
      rows.add(server.recv(all.slice(first, cells), rank, DensityServer.ROWS));
    }
    await(Future.join(rows));
    await(server.disconnect());
    return new Fetched(raster, counts, summary);
  }
}
