package dev.vertxmpi.runtime.link.shm;

import static dev.vertxmpi.runtime.link.shm.RingDescriptor.LONG;
import static dev.vertxmpi.runtime.link.shm.RingDescriptor.RECORDS;

import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/** Broken on purpose: a producer that stores the commit word before what it commits. */
@JCStressTest
@Outcome(id = {"0, false", "1, true"}, expect = Expect.ACCEPTABLE, desc = "Not there, or whole.")
@Outcome(id = "1, false", expect = Expect.FORBIDDEN, desc = "Torn.")
@State
public class CommitIsEarly {

  private static final long NUMBER = 7;
  private static final long WORD = Envelope.VERSION | 16L << 8 | NUMBER << 16;

  private final MemorySegment memory = Arena.ofAuto().allocate(8192, 4096);
  private final RingConsumer consumer = new RingConsumer(memory);

  /** A record without payload, from its begin to its end. */
  @Actor
  public void write() {
    LONG.setRelease(memory, RECORDS, WORD);
    for (int at : new int[] {RingDescriptor.SEQUENCE, RingDescriptor.CHECK, RingDescriptor.FIRST,
        RingDescriptor.SECOND, RingDescriptor.TAG}) {
      LONG.set(memory, RECORDS + at, NUMBER);
    }
    LONG.set(memory, RECORDS + RingDescriptor.RANKS, NUMBER | NUMBER << 32);
  }

  /** Looks once, at a record that has no context before it. */
  @Actor
  public void read(IZ_Result result) {
    result.r1 = consumer.poll((envelope, from, offset, length) -> {
      Envelope whole = TestRing.envelope(NUMBER);
      result.r2 = envelope.sequence() == whole.sequence() && envelope.check() == whole.check()
          && envelope.first() == whole.first() && envelope.second() == whole.second()
          && envelope.tag() == whole.tag() && envelope.source() == whole.source()
          && envelope.target() == whole.target();
      return true;
    }, 1, Long.MAX_VALUE);
  }
}
