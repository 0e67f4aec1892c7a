package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What members of a set say to each other.
 *
 * <pre>
 *   HERE    {"process":"8c0e…:0.0","set":"svc://orders","place":{"id":"…","endpoints":{…}}}
 *   LEAVE   {"process":"8c0e…:0.0","class":"TIMEOUT","reason":"…","ranks":[]}
 *   GO      {"number":12}                                  of the communicator, by rank 0
 *   FAIL    {"class":"TIMEOUT","reason":"…","ranks":[2]}
 * </pre>
 *
 * @param json one of these
 */
record Word(JsonObject json) {

  /** Longer ones come from nobody who follows the rules. */
  private static final int MAX_LENGTH = 16 << 10;
  private static final int MAX_REASON = 512;
  private static final int MAX_RANKS = 1024;

  static Word here(ProcessId process, String set, NodeAddress place) {
    return new Word(new JsonObject().put("process", process.toString()).put("set", set).put("place", place.toJson()));
  }

  static Word leave(ProcessId process, MpiException why) {
    return new Word(fail(why).json.put("process", process.toString()));
  }

  static Word go(long number) {
    return new Word(new JsonObject().put("number", number));
  }

  static Word fail(MpiException why) {
    String reason = why.reason();
    return new Word(new JsonObject().put("class", why.errorClass().name())
        .put("reason", reason.substring(0, Math.min(reason.length(), MAX_REASON)))
        .put("ranks", new JsonArray(why.ranks().subList(0, Math.min(why.ranks().size(), MAX_RANKS)))));
  }

  MemorySegment payload() {
    return MemorySegment.ofArray(json.encode().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads and releases a frame; {@link IllegalArgumentException} where it holds no JSON. */
  static Word of(Frame frame) {
    byte[] bytes;
    try {
      if (frame.payload().byteSize() > MAX_LENGTH) {
        throw new IllegalArgumentException("it is longer than " + MAX_LENGTH + " bytes");
      }
      bytes = frame.payload().toArray(ValueLayout.JAVA_BYTE);
    } finally {
      frame.release();
    }
    try {
      return new Word(new JsonObject(new String(bytes, StandardCharsets.UTF_8)));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  /** Who speaks; {@link IllegalArgumentException} where it is not said. */
  ProcessId process() {
    return ProcessId.parse(text("process"));
  }

  String set() {
    return text("set");
  }

  NodeAddress place() {
    if (json.getValue("place") instanceof JsonObject place) {
      return NodeAddress.fromJson(place);
    }
    throw new IllegalArgumentException("it names no place");
  }

  /** Which communicator it is; {@link IllegalArgumentException} where it is not said. */
  long number() {
    if (json.getValue("number") instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("it has no number");
  }

  private String text(String key) {
    if (json.getValue(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("it has no " + key);
  }

  MpiException error() {
    List<Integer> ranks = json.getValue("ranks") instanceof JsonArray array
        ? array.stream().filter(Integer.class::isInstance).map(Integer.class::cast).limit(MAX_RANKS).toList()
        : List.of();
    return new MpiException(errorClass(), text("reason")).ranks(ranks);
  }

  private ErrorClass errorClass() {
    try {
      return ErrorClass.valueOf(text("class"));
    } catch (IllegalArgumentException e) {
      return ErrorClass.OTHER;
    }
  }
}
