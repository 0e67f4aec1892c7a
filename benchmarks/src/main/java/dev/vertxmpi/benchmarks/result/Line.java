package dev.vertxmpi.benchmarks.result;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * One result: a benchmark at one size, of ours and of at most one peer. Its text is a line of JSON; the fields have the
 * order of the parameters.
 *
 * @param bench name of the benchmark
 * @param link that carried the messages
 * @param ranks how many
 * @param size of a message in bytes
 * @param unit of the figures
 * @param ours our figures
 * @param peer the peer's figures; null without a peer
 * @param peerName null without a peer
 * @param buffer kind of buffer of ours
 * @param style way of waiting of ours
 * @param placement nanoseconds of a cache line between the cores
 * @param cores of the machine
 * @param inJvm whether our ranks were verticles of one JVM
 * @param spin what {@code VERTX_MPI_SPIN} was set to; null where it was not
 * @param note why there is no figure of the peer that is named; else null
 */
public record Line(String bench, String link, int ranks, long size, String unit, Sample ours, Sample peer,
    String peerName, String buffer, String style, Sample placement, int cores, boolean inJvm, String spin,
    String note) {

  private static final MathContext DIGITS = new MathContext(5);

  /**
   * Ours divided by the peer's, for times and rates alike.
   *
   * @return null without a peer
   */
  public Double ratio() {
    return peer == null ? null : ours.median() / peer.median();
  }

  /**
   * As JSON.
   *
   * @return the fields in their order
   */
  public JsonObject toJson() {
    return new JsonObject()
        .put("bench", bench).put("link", link).put("ranks", ranks).put("size", size).put("unit", unit)
        .put("ours", number(ours.median()))
        .put("peer", peer == null ? null : number(peer.median()))
        .put("peer_name", peerName)
        .put("ratio", peer == null ? null : number(ratio()))
        .put("buffer", buffer).put("wait", style)
        .put("ours_min", number(ours.min())).put("ours_max", number(ours.max()))
        .put("peer_min", peer == null ? null : number(peer.min()))
        .put("peer_max", peer == null ? null : number(peer.max()))
        .put("placement_ns", number(placement.median()))
        .put("placement_ns_min", number(placement.min())).put("placement_ns_max", number(placement.max()))
        .put("cores", cores).put("in_jvm", inJvm).put("spin", spin)
        .put("note", note);
  }

  /**
   * From JSON.
   *
   * @param json of {@link #toJson}
   * @return the line
   */
  public static Line fromJson(JsonObject json) {
    Sample peer = json.getValue("peer") == null ? null
        : new Sample(json.getDouble("peer"), json.getDouble("peer_min"), json.getDouble("peer_max"));
    return new Line(json.getString("bench"), json.getString("link"), json.getInteger("ranks"), json.getLong("size"),
        json.getString("unit"),
        new Sample(json.getDouble("ours"), json.getDouble("ours_min"), json.getDouble("ours_max")), peer,
        json.getString("peer_name"), json.getString("buffer"), json.getString("wait"),
        new Sample(read(json, "placement_ns"), read(json, "placement_ns_min"), read(json, "placement_ns_max")),
        json.getInteger("cores"), json.getBoolean("in_jvm"), json.getString("spin"), json.getString("note"));
  }

  /**
   * How ours compares with the peer's: more than 1 is a loss, whether small or large figures are good.
   *
   * @return NaN without a peer
   */
  public double timesWorse() {
    return peer == null ? Double.NaN : unit.endsWith("/s") ? 1 / ratio() : ratio();
  }

  private static double read(JsonObject json, String name) {
    Double value = json.getDouble(name);
    return value == null ? Double.NaN : value;
  }

  /** Five digits say more than the measurement does. Null where there is no number. */
  static Number number(double value) {
    if (!Double.isFinite(value)) {
      return null;
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    return rounded.scale() <= 0 ? rounded.longValue() : (Number) rounded.doubleValue();
  }
}
