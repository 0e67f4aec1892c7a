package dev.vertxmpi.benchmarks.parts;

import dev.vertxmpi.runtime.codec.CodecRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the easy forms do with values. */
@State(Scope.Thread)
public class Values {

  /**
   * A value as programs have them.
   *
   * @param id a number
   * @param x another
   * @param y another
   * @param name and some text
   */
  public record Point(long id, double x, double y, String name) {
  }

  private final CodecRegistry codecs = new CodecRegistry();
  private final Point point = new Point(1, 2.5, 3.5, "a point on a map");
  private final String string = "forty characters of text without accents";
  private final byte[] pointBytes = codecs.encode(point);
  private final byte[] stringBytes = codecs.encode(string);

  /** Values, and their bytes. */
  public Values() {
  }

  /**
   * Encodes a record.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] encodeRecord() {
    return codecs.encode(point);
  }

  /**
   * Decodes a record.
   *
   * @return a new one
   */
  @Benchmark
  public Point decodeRecord() {
    return codecs.decode(Point.class, pointBytes);
  }

  /**
   * Encodes a string.
   *
   * @return its bytes
   */
  @Benchmark
  public byte[] encodeString() {
    return codecs.encode(string);
  }

  /**
   * Decodes a string.
   *
   * @return a new one
   */
  @Benchmark
  public String decodeString() {
    return codecs.decode(String.class, stringBytes);
  }
}
