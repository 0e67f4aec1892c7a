package dev.vertxmpi.benchmarks.parts;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The header of a frame, in native memory. */
@State(Scope.Thread)
public class Envelopes {

  private static final int PAYLOAD = 8;

  private final MemorySegment memory = Arena.ofAuto().allocate(Envelope.LENGTH, 8);
  private final Envelope envelope = new Envelope((byte) 16, (short) 1, new ContextId(2, 3), 4, 5, 6, 7, 8, 9, 10);

  /** A header is there to be read. */
  public Envelopes() {
    envelope.write(memory, PAYLOAD);
  }

  /**
   * Writes a header.
   *
   * @return what was written to
   */
  @Benchmark
  public MemorySegment encode() {
    envelope.write(memory, PAYLOAD);
    return memory;
  }

  /**
   * Reads a header.
   *
   * @return a new envelope
   */
  @Benchmark
  public Envelope decode() {
    return Envelope.read(memory);
  }
}
