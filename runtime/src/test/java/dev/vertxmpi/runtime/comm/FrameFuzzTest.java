package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.node.FrameKind;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node that may speak, but says anything. Whoever does not concern it goes on. */
class FrameFuzzTest {

  /** Frames in a row, before the receiver must have taken them. */
  private static final int TURN = 500;

  /** Counts what the progress domain logs: tasks never throw. */
  private static final class Faults extends Handler {
    private int count;

    @Override
    public synchronized void publish(LogRecord log) {
      count++;
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static byte[] bytes(Random random, ContextId context) {
    long[] numbers = {0, 1, 2, 3, 1L << 40, -1, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong(20)};
    byte[] bytes = new byte[Envelope.LENGTH + (random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(40))];
    random.nextBytes(bytes);
    // The fuzzed node is that of rank 1. Other sources are lies.
    new Envelope((byte) (FrameKind.P2P + random.nextInt(32)), (short) random.nextInt(3), context,
        random.nextInt(8) == 0 ? random.nextInt(-2, 5) : 1, 0, random.nextInt(-2, 4),
        numbers[random.nextInt(numbers.length)], random.nextInt(3) == 0 ? random.nextLong() : 0,
        numbers[random.nextInt(numbers.length)], numbers[random.nextInt(numbers.length)])
        .write(MemorySegment.ofArray(bytes), bytes.length - Envelope.LENGTH);
    return bytes;
  }

  private static Frame frame(byte[] bytes) {
    MemorySegment all = MemorySegment.ofArray(bytes);
    return Frame.of(Envelope.read(all), all.asSlice(Envelope.LENGTH));
  }

  private static void shower(Ranks ranks) {
    ContextId world = ContextId.ofJob(ranks.rank(0).id().job());
    int[] sent = {0};
    Fuzz.of(random -> bytes(random, world)).allocating(1 << 20, 32).run(input -> {
      ranks.rank(1).node().send(ranks.rank(0).id(), frame(input));
      if (++sent[0] % TURN == 0) {
        Waiting.await(ranks.on(0, own -> Future.succeededFuture()));
      }
    });
  }

  @Test
  void shouldSurviveAnyFrames() {
    Logger log = Logger.getLogger("dev.vertxmpi.runtime.progress.ProgressDomain");
    Faults faults = new Faults();
    log.addHandler(faults);
    try (Ranks ranks = new Ranks(3, Links.first())) {
      // Between these two nothing may change.
      List<Communicator> pair = Stream.of(0, 2).map(rank -> (Communicator) Waiting.await(ranks.on(rank, world ->
          world.create(new Group(List.of(ranks.rank(0).id(), ranks.rank(2).id())), "pair"))))
          .toList();
      Future<?> exposed = ranks.on(0, world -> world.recv(String.class, 1, 0));
      Future<?> barrier = ranks.on(0, world -> world.barrier());
      Future<?> send = ranks.on(0, world -> world.send(new byte[1 << 20], 1, 0));
      shower(ranks);
      Future<?> sum0 = ranks.on(0, own -> pair.get(0).allreduce(1, Op.SUM));
      Integer sum2 = Waiting.await(ranks.on(2, own -> pair.get(1).allreduce(1, Op.SUM)));
      assertEquals(2, sum2);
      Waiting.await(sum0);
      Waiting.await(ranks.on(2, own -> own.send("honest", 0, 3)));
      assertEquals("honest", Waiting.await(ranks.on(0, own -> own.recv(String.class, 2, 3))).body());
      ranks.kill(1);
      for (Future<?> one : List.of(exposed, barrier, send)) {
        settle(one);
      }
    } finally {
      log.removeHandler(faults);
    }
    assertEquals(0, faults.count);
  }

  /** It may end in any way, but ends. */
  private static void settle(Future<?> future) {
    try {
      Waiting.await(future);
    } catch (MpiException e) {
      assertEquals(false, e.getMessage().isEmpty());
    }
  }
}
