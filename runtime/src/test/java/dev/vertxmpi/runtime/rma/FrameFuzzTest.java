package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.Group;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a peer sends: nothing throws, each frame is released once, and nothing outside the window changes. */
class FrameFuzzTest {

  private static final int WINDOW = 256;
  private static final int GUARD = 512;
  /** To one origin. */
  private static final int ANSWERS = 60;
  private static final NodeId HOME = NodeId.random();
  private static final NodeId STRANGER = NodeId.random();
  private static final NodeAddress ADDRESS = new NodeAddress(HOME, Map.of());

  private final ProgressDomain domain = new ProgressDomain(new HereLoop());
  private final List<Frame> replies = new ArrayList<>();
  private long sequence = 1;
  private int applied;
  private Vertx vertx;
  private Members members;

  /** Each origin complains once. */
  private final Logger complaints = Logger.getLogger(Complaints.class.getName());

  @BeforeEach
  void open() {
    complaints.setLevel(Level.OFF);
    vertx = Vertx.vertx();
    UUID job = new UUID(5, 6);
    members = new Members(ContextId.ofJob(job), new Group(List.of(new ProcessId(job, 0, 0),
        new ProcessId(job, 1, 0))), 0);
  }

  @AfterEach
  void close() {
    complaints.setLevel(null);
    vertx.close().await();
  }

  private Node node() {
    return (Node) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Node.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "whereIs" -> Optional.of(ADDRESS);
          case "isGone", "isCongested" -> false;
          case "send" -> {
            replies.add((Frame) arguments[1]);
            yield Future.succeededFuture();
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  /** Numbers near the edges more often than others. */
  private static long number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> Long.MAX_VALUE - random.nextInt(300);
      case 2 -> Long.MIN_VALUE + random.nextInt(300);
      case 3 -> WINDOW - random.nextInt(20);
      default -> random.nextInt(300) - 20;
    };
  }

  private static byte[] payload(Random random, PartLayout layout, int data) {
    byte[] bytes = new byte[layout.encodedLength() + data];
    random.nextBytes(bytes);
    layout.encode(MemorySegment.ofArray(bytes));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0 && random.nextBoolean(); i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static PartLayout layout(Random random) {
    PartLayout layout = new PartLayout();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      layout.add(random.nextInt(10) == 0 ? number(random) >> 2 : random.nextInt(60), 1 + random.nextInt(8));
    }
    return layout;
  }

  /** From which node, an envelope, and a payload. */
  private static byte[] frame(boolean stranger, Envelope envelope, byte[] payload) {
    byte[] bytes = new byte[1 + Envelope.LENGTH + payload.length];
    bytes[0] = (byte) (stranger ? 1 : 0);
    envelope.write(MemorySegment.ofArray(bytes), 1, payload.length);
    System.arraycopy(payload, 0, bytes, 1 + Envelope.LENGTH, payload.length);
    return bytes;
  }

  private static void give(Endpoint endpoint, byte[] frame) {
    int[] released = {0};
    MemorySegment all = MemorySegment.ofArray(frame);
    Envelope envelope = Envelope.read(all, 1);
    endpoint.domain().execute(() -> endpoint.onFrame(frame[0] == 0 ? HOME : STRANGER,
        new Frame(envelope, all.asSlice(1 + Envelope.LENGTH), () -> released[0]++)));
    assertEquals(1, released[0], () -> "releases of " + envelope);
  }

  @Test
  void shouldSurviveWhateverComesToTheTarget() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment all = arena.allocate(WINDOW + 2 * GUARD, 64);
      Target target = new Target(node(), members, Memory.of(all.asSlice(GUARD, WINDOW)), domain);
      Fuzz.of(this::toTarget).allocating(1 << 20, 64).run(input -> {
        replies.clear();
        give(target, input);
        assertTrue(replies.size() <= 3, () -> "answers: " + replies);
        replies.forEach(reply -> count(reply.envelope()));
      });
      assertTrue(applied > 1000, "some of it makes sense: " + applied);
      for (int i = 0; i < GUARD; i++) {
        assertEquals(0, all.get(ValueLayout.JAVA_BYTE, i));
        assertEquals(0, all.get(ValueLayout.JAVA_BYTE, GUARD + WINDOW + i));
      }
    }
  }

  /** Answers tell which part the target waits for. */
  private void count(Envelope answer) {
    if (answer.kind() >= RmaFrames.ACK && answer.kind() <= RmaFrames.REFUSED) {
      sequence = answer.sequence() + 1;
      applied += answer.kind() == RmaFrames.REFUSED ? 0 : 1;
    }
  }

  private byte[] toTarget(Random random) {
    PartLayout layout = layout(random);
    boolean laidOut = random.nextBoolean();
    byte kind = (byte) (RmaFrames.PUT + random.nextInt(8) - random.nextInt(20) / 19);
    boolean part = kind >= RmaFrames.PUT && kind <= RmaFrames.FETCH;
    long number = part && random.nextInt(10) > 0 ? sequence : random.nextInt(5);
    int source = random.nextInt(30) == 0 ? random.nextInt(5) - 2 : 0;
    byte[] payload = laidOut ? payload(random, layout, kind == RmaFrames.GET ? 0 : (int) layout.bytes())
        : new byte[random.nextInt(64)];
    return frame(random.nextInt(30) == 0, new Envelope(kind, (short) (laidOut ? 1 : 0), members.context(), 1, source,
        tag(random, kind), number, 0, number(random), laidOut ? layout.bytes() : number(random)), payload);
  }

  private static int tag(Random random, byte kind) {
    if (random.nextInt(20) == 0) {
      return random.nextInt();
    }
    return kind == RmaFrames.LOCK ? random.nextInt(3) : random.nextInt(13) << 8 | random.nextInt(10);
  }

  @Test
  void shouldSurviveWhateverComesToTheOrigin() {
    Rank rank = new Rank(members.process(0), node(), vertx.getOrCreateContext(), domain, new MpiOptions());
    Calls calls = new Calls(domain, rank.context());
    Round[] round = {null};
    int[] answers = {0};
    Fuzz.of(random -> {
      if (answers[0]++ % ANSWERS == 0) {
        end(round[0]);
        round[0] = begin(rank, calls, random.nextInt(10) > 0);
      }
      return answer(random, (byte) (RmaFrames.ACK + random.nextInt(10) - 1), random.nextInt(20));
    }).allocating(1 << 20, 64).run(input -> give(round[0].endpoint, input));
    end(round[0]);
  }

  /** Calls of an origin that wait for answers. */
  private record Round(Origin origin, Replies endpoint, List<Future<?>> settling) {
  }

  private Round begin(Rank rank, Calls calls, boolean granted) {
    replies.clear();
    Origin origin = new Origin(rank, members, new Extents(new long[] {WINDOW, WINDOW}, new int[] {1, 1}, false));
    Round round = new Round(origin, new Replies(members, origin, domain), new ArrayList<>());
    Consumer<Consumer<Call<Void>>> issue = body ->
        round.settling.add(calls.begin("MPI_Test", new CallOptions(), null, body));
    issue.accept(call -> origin.lock(call, 1, LockType.SHARED));
    if (granted) {
      give(round.endpoint, frame(false, reply(RmaFrames.GRANTED, 0, 0, 1, 0, 0), new byte[0]));
    }
    for (int i = 0; i < 5; i++) {
      issue.accept(call -> origin.write(call, MessageBuffer.of(new int[4]), 1, Region.at(0), RmaFrames.PUT, Op.SUM));
      issue.accept(call -> origin.read(call, MessageBuffer.of(new int[4]), 1, Region.at(0)));
      round.settling.add(calls.begin("MPI_Test", new CallOptions(), null, (Call<Long> call) ->
          origin.fetch(call, 1L, 1, 0, Op.SUM)));
      issue.accept(call -> origin.flush(call, 1));
    }
    issue.accept(call -> origin.unlock(call, 1));
    return round;
  }

  private void end(Round round) {
    if (round != null) {
      domain.execute(() -> round.origin.depart(1, Place.outside(0, 1, 1, 0)));
      WindowRanks.get(Future.join(round.settling).transform(done -> Future.succeededFuture()));
    }
  }

  private byte[] answer(Random random, byte kind, long sequence) {
    int tag = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(40) - 2;
    return frame(random.nextInt(30) == 0, reply(kind, random.nextInt(30) == 0 ? 3 : 0, tag, sequence,
        random.nextInt(3), random.nextInt(3) == 0 ? random.nextLong() : 0), new byte[random.nextInt(40)]);
  }

  private Envelope reply(byte kind, int target, int tag, long sequence, long check, long first) {
    return new Envelope(kind, (short) 0, RmaFrames.replies(members.context()), 1, target, tag, sequence, check, first,
        0);
  }
}
