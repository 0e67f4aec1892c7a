package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A receive and a message that fit meet in a matcher: that is one operation. Nothing is sent, nothing is copied. */
@State(Scope.Thread)
public class Matching {

  private static final int SOURCE = 1;
  private static final int TAG = 0;
  private static final MemorySegment BYTES = MemorySegment.ofArray(new byte[8]);

  /** What waits when the two meet: one of them, and others of other tags. */
  @Param({"1", "1000"})
  public int waiting;

  private final IdleReceive specific = new IdleReceive(SOURCE, TAG);
  private final IdleReceive wildcard = new IdleReceive(Communicator.ANY_SOURCE, TAG);
  private final Peer sender = new Peer(SOURCE);
  private final Envelope envelope = envelope(TAG);
  private Matcher receives;
  private Matcher messages;

  /** For JMH. */
  public Matching() {
  }

  private static Envelope envelope(int tag) {
    return new Envelope((byte) 16, (short) 0, new ContextId(1, 2), SOURCE, 0, tag, 0, 0, 0, 1);
  }

  private static Matcher matcher() {
    UUID job = new UUID(1, 2);
    Group group = new Group(List.of(new ProcessId(job, 0, 0), new ProcessId(job, 1, 0)));
    ContextId context = new ContextId(1, 2);
    return new Matcher(new Route(new Rank(group.get(0), null, null, null, null), context, context, 0, group));
  }

  /** Lets the others wait: receives in one matcher, messages in another. */
  @Setup
  public void fill() {
    receives = matcher();
    messages = matcher();
    for (int other = 1; other < waiting; other++) {
      receives.post(new IdleReceive(SOURCE, TAG + other));
      messages.arrived(message(envelope(TAG + other)));
    }
  }

  private Incoming message(Envelope header) {
    return new Incoming(null, sender, header, BYTES, BYTES.byteSize());
  }

  /**
   * The receive is first, and names the source.
   *
   * @return matches so far
   */
  @Benchmark
  public long postedSpecific() {
    return post(specific);
  }

  /**
   * The receive is first, from any source.
   *
   * @return matches so far
   */
  @Benchmark
  public long postedWildcard() {
    return post(wildcard);
  }

  private long post(IdleReceive receive) {
    receives.post(receive);
    receives.takesNow(SOURCE, envelope, BYTES, 0, (int) BYTES.byteSize());
    return receive.matches();
  }

  /**
   * The message is first, and the receive names the source.
   *
   * @return matches so far
   */
  @Benchmark
  public long arrivedSpecific() {
    return arrive(specific);
  }

  /**
   * The message is first, and the receive is from any source.
   *
   * @return matches so far
   */
  @Benchmark
  public long arrivedWildcard() {
    return arrive(wildcard);
  }

  private long arrive(IdleReceive receive) {
    messages.arrived(message(envelope));
    messages.post(receive);
    return receive.matches();
  }
}
