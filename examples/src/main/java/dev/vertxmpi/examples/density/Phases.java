package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Times what the ranks do together; rank 0 says what begins. */
final class Phases {

  private final Intracommunicator world;
  private final Map<String, Long> nanos = new LinkedHashMap<>();

  Phases(Intracommunicator world) {
    this.world = world;
  }

  /** Runs a phase: collective. */
  <T> T run(String name, String announcement, Supplier<T> body) {
    if (world.rank() == 0) {
      System.out.println(announcement);
    }
    long begin = System.nanoTime();
    T result = body.get();
    nanos.put(name, System.nanoTime() - begin);
    return result;
  }

  /** Milliseconds of each phase at the slowest rank: collective. */
  JsonObject slowest() {
    long[] own = nanos.values().stream().mapToLong(Long::longValue).toArray();
    long[] most = await(world.allreduce(own, Op.MAX));
    JsonObject result = new JsonObject();
    int index = 0;
    for (String name : nanos.keySet()) {
      result.put(name, most[index++] / 1e6);
    }
    return result;
  }
}
