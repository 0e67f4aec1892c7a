package dev.vertxmpi.runtime.bootstrap;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What comes to the roster of a job, and what claims to come from it: any JSON. */
class RosterFuzzTest {

  private static final int SIZE = 3;
  private static final UUID JOB = new UUID(1, 2);

  private static final List<Object> STRANGE = List.of(0, -1, 1.5, 1L << 40, true, "", "x", "1-2-3-4-5", "a:b.c",
      JOB + ":2147483648.0", JOB + ":1.0", new JsonObject(), new JsonArray(), List.of(1));

  private static ProcessId process(int rank) {
    return new ProcessId(JOB, rank, 0);
  }

  private static NodeAddress node() {
    return new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711", "bus", "x"));
  }

  /** Mostly changes a value. */
  private static byte[] damaged(Random random, JsonObject valid) {
    JsonObject json = valid.copy();
    if (random.nextInt(4) > 0) {
      change(random, json);
    }
    return json.encode().getBytes(StandardCharsets.UTF_8);
  }

  private static void change(Random random, JsonObject json) {
    List<String> names = List.copyOf(json.fieldNames());
    String name = names.isEmpty() || random.nextInt(20) == 0 ? "new" : names.get(random.nextInt(names.size()));
    Object value = json.getValue(name);
    if (value instanceof JsonArray array && !array.isEmpty() && random.nextInt(8) > 0) {
      int at = random.nextInt(array.size());
      if (array.getValue(at) instanceof JsonObject inner && random.nextInt(8) > 0) {
        change(random, inner);
      } else {
        array.set(at, STRANGE.get(random.nextInt(STRANGE.size())));
      }
    } else if (value instanceof JsonObject inner && random.nextInt(8) > 0) {
      change(random, inner);
    } else if (random.nextInt(8) == 0) {
      json.putNull(name);
    } else {
      json.put(name, STRANGE.get(random.nextInt(STRANGE.size())));
    }
  }

  private static void fuzz(Consumer<JsonObject> decoder, JsonObject... valid) {
    Fuzz.of(random -> damaged(random, valid[random.nextInt(valid.length)])).allocating(32 << 10, 64)
        .refusing(IllegalArgumentException.class, MpiException.class).run(input -> {
          try {
            decoder.accept(Buffer.buffer(input).toJsonObject());
          } catch (DecodeException e) {
            throw new AssertionError(e);
          }
        }).mustTakeSome();
  }

  @Test
  void shouldEnterOrRefuseWhoeverComes() {
    fuzz(json -> RosterMessages.enter(json, new Roster(JOB, SIZE), rank -> { }),
        RosterMessages.join(process(1), SIZE, node()));
  }

  @Test
  void shouldReadOrRefuseAnyAnswer() {
    Roster full = new Roster(JOB, SIZE);
    for (int rank = 0; rank < SIZE; rank++) {
      full.enter(process(rank), node());
    }
    fuzz(json -> RosterMessages.answer(json, JOB, SIZE), RosterMessages.places(full),
        RosterMessages.missing(new Roster(JOB, SIZE)), RosterMessages.error("no"));
  }
}
