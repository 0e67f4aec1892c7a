package dev.vertxmpi.runtime.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.rank.LoneRank;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever comes to a desk may say anything: it is kept, answered, or dropped with a word in the log. */
class DeskFuzzTest {

  private static final NodeAddress THERE = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1000"));

  private final LoneRank lone = new LoneRank();
  private final Logger log = Logger.getLogger(Desk.class.getName());

  @AfterEach
  void close() {
    log.setLevel(null);
    lone.close();
  }

  private static byte[] input(byte kind, Word word) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(kind);
    out.writeBytes(word.payload().toArray(ValueLayout.JAVA_BYTE));
    return out.toByteArray();
  }

  @Test
  void shouldKeepAnswerOrDropWhateverComes() {
    log.setLevel(Level.OFF);
    Desk desk = new Desk(lone.rank(), new CodecRegistry(), uri -> uri.endsWith("s") ? 100 : 0);
    int[] released = {0};
    int[] given = {0};
    ProcessId process = new ProcessId(UUID.randomUUID(), 1, 0);
    MpiException why = new MpiException(ErrorClass.TIMEOUT, "not complete after 30 ms").ranks(List.of(1, 2));
    Fuzz.of(input(SetKind.HERE, Word.here(process, "svc://orders", THERE)),
        input(SetKind.HERE, Word.here(process, "svc://order", THERE)),
        input(SetKind.LEAVE, Word.leave(process, why)), input(SetKind.FAIL, Word.fail(why)),
        input(SetKind.GO, Word.go(7))).allocating(128 << 10, 256).refusing().run(input -> {
          byte kind = input.length == 0 ? 0 : input[0];
          MemorySegment payload = MemorySegment.ofArray(input).asSlice(Math.min(1, input.length));
          // Few contexts, so that some come and leave; epochs before and after the one that was called for.
          long epoch = given[0]++ % 200;
          desk.onFrame(THERE.id(), new Frame(new Envelope(kind, (short) 0, new ContextId(1, 2), 0, 0, 0, given[0],
              epoch, 3, given[0] % 7), payload, () -> released[0]++));
        });
    assertEquals(given[0], released[0]);
    assertTrue(lone.sent() > 0 && lone.introduced() > 0,
        lone.sent() + " answers, " + lone.introduced() + " introduced");
  }

  @Test
  void shouldSendAwayThoseBeyondTheBound() {
    Desk desk = new Desk(lone.rank(), new CodecRegistry(), uri -> 0);
    for (int i = 0; i < Desk.MOST_EARLY + 10; i++) {
      Word word = Word.here(new ProcessId(UUID.randomUUID(), 0, 0), "svc://orders", THERE);
      desk.onFrame(THERE.id(), Frame.of(new Envelope(SetKind.HERE, (short) 0, new ContextId(1, 2), 0, 0, 0, 1, 1, 3,
          4), word.payload()));
    }
    assertEquals(10, lone.sent());
    assertTrue(desk.toString().contains("early=" + Desk.MOST_EARLY), desk::toString);
  }
}
