package dev.vertxmpi.benchmarks.rank;

import io.vertx.core.json.JsonObject;

/**
 * What a JVM with ranks is started with.
 *
 * @param socket of the driver
 * @param ranks to deploy in this JVM; 0 for the one rank that it was launched as
 * @param style how they wait
 * @param buffers what they send
 */
public record Settings(String socket, int ranks, WaitStyle style, BufferKind buffers) {

  /**
   * As text.
   *
   * @return an argument for {@link BenchRank}
   */
  public String encode() {
    return new JsonObject().put("socket", socket).put("ranks", ranks).put("wait", style.name())
        .put("buffers", buffers.name()).encode();
  }

  static Settings decode(String text) {
    JsonObject json = new JsonObject(text);
    return new Settings(json.getString("socket"), json.getInteger("ranks"), WaitStyle.valueOf(json.getString("wait")),
        BufferKind.valueOf(json.getString("buffers")));
  }
}
