package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Root;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Job 1 of the demo: counts, publishes itself as {@code density}, serves one client. */
public final class DensityServer {

  /** The service name. */
  static final String SERVICE = "density";
  /** Tag of the summary, from rank 0. */
  static final int SUMMARY = 1;
  /** Tag of the rows, from each rank. */
  static final int ROWS = 2;
  /** Exit status of a rank that has told the user why it ends. */
  static final int EXPLAINED = 65;

  private DensityServer() {
  }

  /**
   * Runs one rank.
   *
   * @param args the options of the demo, as JSON
   */
  public static void main(String[] args) {
    DensityOptions options = DensityOptions.fromJson(new JsonObject(args[0]));
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    int status = 0;
    try {
      serve(mpi, options);
    } catch (DensityException | MpiException e) {
      status = EXPLAINED;
      if (mpi.rank() == 0) {
        System.err.println(e.getMessage());
      }
    }
    await(mpi.close());
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Counts, and hands the result to the first client that connects: collective. */
  static void serve(Mpi mpi, DensityOptions options) {
    DensityResult result = new DensityJob(mpi, options).count();
    Port port = null;
    if (mpi.rank() == 0) {
      port = await(mpi.openPort(new PortOptions()));
      await(mpi.publish(SERVICE, port, new NameOptions().setScope(Scope.GLOBAL)));
      System.out.println("published '" + SERVICE + "' in global scope, accepting");
    }
    Intercommunicator client = await(mpi.world().accept(port, Root.rank(0)));
    JsonObject moved = movedByAll(mpi);
    if (mpi.rank() == 0) {
      await(client.send(summary(mpi, result, moved), 0, SUMMARY));
    }
    await(client.send(MessageBuffer.of(result.rows()), 0, ROWS));
    await(client.disconnect());
    if (mpi.rank() == 0) {
      await(mpi.unpublish(SERVICE, new NameOptions().setScope(Scope.GLOBAL)));
      await(mpi.closePort(port));
    }
  }

  private static JsonObject summary(Mpi mpi, DensityResult result, JsonObject moved) {
    JsonArray densest = new JsonArray();
    result.densest().forEach(cell -> densest.add(cell.toJson()));
    return new JsonObject()
        .put("ranks", mpi.size())
        .put("width", result.raster().width())
        .put("height", result.raster().height())
        .put("bounds", result.raster().bounds().toJson())
        .put("records", result.records())
        .put("skipped", result.skipped())
        .put("densest", densest)
        .put("phases", result.phases())
        .put("moved", moved);
  }

  /** Bytes and frames by link, of all ranks: collective. */
  private static JsonObject movedByAll(Mpi mpi) {
    JsonObject own = new JsonObject();
    Traffic traffic = mpi.traffic();
    traffic.links().forEach((link, counters) -> own.put(link,
        new JsonObject().put("frames", counters.frames()).put("bytes", counters.bytes())));
    JsonObject sum = new JsonObject();
    for (JsonObject one : await(mpi.world().allgather(own))) {
      for (String link : one.fieldNames()) {
        JsonObject total = sum.getJsonObject(link, new JsonObject().put("frames", 0L).put("bytes", 0L));
        JsonObject more = one.getJsonObject(link);
        sum.put(link, new JsonObject().put("frames", total.getLong("frames") + more.getLong("frames"))
            .put("bytes", total.getLong("bytes") + more.getLong("bytes")));
      }
    }
    return sum;
  }
}
