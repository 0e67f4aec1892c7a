package dev.vertxmpi.runtime.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever comes to a desk may say anything: it is kept, answered, or dropped with a word in the log. */
class DeskFuzzTest {

  private static final NodeAddress HERE = new NodeAddress(NodeId.random(), Map.of());
  private static final NodeAddress THERE = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1000"));

  private final Vertx vertx = Vertx.vertx();
  private final Logger log = Logger.getLogger(Desk.class.getName());
  private int answers;
  private int introduced;

  @AfterEach
  void close() {
    log.setLevel(null);
    vertx.close().await();
  }

  @SuppressWarnings("ReferenceEquality") // A proxy is only ever itself.
  private Node node() {
    return (Node) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Node.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "address" -> HERE;
          case "whereIs" -> Optional.empty();
          case "livesAt" -> true;
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          case "introduce" -> {
            introduced++;
            yield null;
          }
          case "bind", "addKey", "removeKey" -> null;
          case "watch" -> (Runnable) () -> { };
          case "send" -> {
            answers++;
            yield Future.succeededFuture();
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
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
    Context context = vertx.getOrCreateContext();
    Desk desk = new Desk(new Rank(new ProcessId(UUID.randomUUID(), 0, 0), node(), context, Loops.of(context),
        new MpiOptions()), new CodecRegistry(), uri -> uri.endsWith("s") ? 100 : 0);
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
    assertTrue(answers > 0 && introduced > 0, answers + " answers, " + introduced + " introduced");
  }

  @Test
  void shouldSendAwayThoseBeyondTheBound() {
    Context context = vertx.getOrCreateContext();
    Desk desk = new Desk(new Rank(new ProcessId(UUID.randomUUID(), 0, 0), node(), context, Loops.of(context),
        new MpiOptions()), new CodecRegistry(), uri -> 0);
    for (int i = 0; i < Desk.MOST_EARLY + 10; i++) {
      Word word = Word.here(new ProcessId(UUID.randomUUID(), 0, 0), "svc://orders", THERE);
      desk.onFrame(THERE.id(), Frame.of(new Envelope(SetKind.HERE, (short) 0, new ContextId(1, 2), 0, 0, 0, 1, 1, 3,
          4), word.payload()));
    }
    assertEquals(10, answers);
    assertTrue(desk.toString().contains("early=" + Desk.MOST_EARLY), desk::toString);
  }
}
