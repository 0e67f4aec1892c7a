package dev.vertxmpi.runtime.node;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Farewells.Farewell;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedNodeTest {

  private static final UUID JOB = UUID.randomUUID();
  private static final ContextId WORLD = ContextId.ofJob(JOB);

  private final ProcessId first = new ProcessId(JOB, 0, 0);
  private final ProcessId second = new ProcessId(JOB, 1, 0);
  private Vertx vertx;
  private Node a;
  private Node b;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    a = node();
    b = node();
    for (Node node : List.of(a, b)) {
      node.introduce(first, a.address());
      node.introduce(second, b.address());
    }
  }

  @AfterEach
  void close() {
    Future.join(a.close(), b.close()).eventually(vertx::close).await();
  }

  private Node node() {
    return Nodes.open(vertx, new MpiOptions().setLinks(List.of("local")), new byte[32], JOB).await();
  }

  private static Frame frame(ContextId context, int sequence, byte[] payload) {
    return Frame.of(new Envelope(FrameKind.P2P, (short) 0, context, 0, 1, 0, sequence, 0, 0, 0),
        MemorySegment.ofArray(payload));
  }

  /** Keeps the sequence numbers of what comes, and lets go of it at once. */
  private final class Recorder implements Endpoint {
    private final ProgressDomain domain = Loops.isolated(vertx);
    private final List<Long> seen = new CopyOnWriteArrayList<>();

    @Override
    public ProgressDomain domain() {
      return domain;
    }

    @Override
    public void onFrame(NodeId from, Frame frame) {
      seen.add(frame.envelope().sequence());
      frame.release();
    }
  }

  @Test
  void shouldDeliverEarlyFramesFirst() {
    byte[] payload = {1, 2, 3};
    for (int i = 0; i < 100; i++) {
      a.send(second, frame(WORLD, i, payload)).await();
      payload[0]++;
    }
    Recorder recorder = new Recorder();
    b.bind(WORLD, 1, recorder);
    for (int i = 100; i < 200; i++) {
      a.send(second, frame(WORLD, i, payload)).await();
    }
    await().until(() -> recorder.seen.size() == 200);
    assertEquals(IntStream.range(0, 200).mapToObj(i -> (long) i).toList(), recorder.seen);
  }

  @Test
  void shouldCopyWhatComesEarly() {
    byte[] payload = {7};
    a.send(second, frame(WORLD, 0, payload)).await();
    payload[0] = 8;
    List<Byte> seen = new CopyOnWriteArrayList<>();
    ProgressDomain domain = Loops.isolated(vertx);
    b.bind(WORLD, 1, new Endpoint() {
      @Override
      public ProgressDomain domain() {
        return domain;
      }

      @Override
      public void onFrame(NodeId from, Frame frame) {
        seen.add(frame.payload().get(ValueLayout.JAVA_BYTE, 0));
        frame.release();
      }
    });
    await().untilAsserted(() -> assertEquals(List.of((byte) 7), seen));
  }

  @Test
  void shouldDropLateFrames() {
    Recorder recorder = new Recorder();
    b.bind(WORLD, 1, recorder);
    a.send(second, frame(WORLD, 0, new byte[1])).await();
    await().until(() -> recorder.seen.size() == 1);
    b.unbind(WORLD, 1);
    a.send(second, frame(WORLD, 1, new byte[1])).await();
    b.bind(WORLD, 1, recorder);
    a.send(second, frame(WORLD, 2, new byte[1])).await();
    await().untilAsserted(() -> assertEquals(List.of(0L, 2L), recorder.seen));
  }

  @Test
  void shouldCloseTheLinkThatFillsTheStash() {
    byte[] payload = new byte[Envelope.MAX_PAYLOAD];
    List<Departure> seen = new CopyOnWriteArrayList<>();
    b.watch(seen::add);
    ContextId nobody = WORLD.derive("nobody", 0);
    MpiException failure = null;
    for (int i = 0; failure == null && i < 1000; i++) {
      Future<Void> sent = a.send(second, frame(nobody, i, payload));
      failure = sent.failed() ? (MpiException) sent.cause() : null;
    }
    assertEquals(ErrorClass.PROC_FAILED, failure.errorClass());
    assertEquals(first, seen.getFirst().process());
    assertTrue(seen.getFirst().cause().contains("contexts that do not exist here"), seen.toString());
  }

  @Test
  void shouldNotStopAtADomainThatDoesNothing() {
    List<Runnable> stuck = new CopyOnWriteArrayList<>();
    ProgressDomain idle = new ProgressDomain(new StuckLoop(stuck));
    ContextId other = WORLD.derive("other", 0);
    b.bind(other, 1, new Endpoint() {
      @Override
      public ProgressDomain domain() {
        return idle;
      }

      @Override
      public void onFrame(NodeId from, Frame frame) {
        throw new IllegalStateException("nobody runs this domain");
      }
    });
    Recorder recorder = new Recorder();
    b.bind(WORLD, 1, recorder);
    for (int i = 0; i < 100; i++) {
      a.send(second, frame(other, i, new byte[100_000]));
      a.send(second, frame(WORLD, i, new byte[10]));
    }
    await().until(() -> recorder.seen.size() == 100);
  }

  @Test
  void shouldTellOfDeparturesOnce() {
    List<Departure> early = new CopyOnWriteArrayList<>();
    b.watch(early::add);
    a.leave(first).await();
    await().until(() -> b.isGone(first));
    b.depart(new Departure(first, "again"));
    List<Departure> late = new CopyOnWriteArrayList<>();
    b.watch(late::add);
    assertEquals(List.of(first), early.stream().map(Departure::process).toList());
    assertEquals(early, late);
    assertTrue(a.isGone(first));
    assertFalse(b.isGone(second));
  }

  @Test
  void shouldNotTakeAGoodbyeForAnother() {
    ProcessId third = new ProcessId(JOB, 2, 0);
    b.introduce(third, b.address());
    a.leave(third).await();
    a.send(second, frame(WORLD, 0, new byte[0])).await();
    assertFalse(b.isGone(third));
  }

  /** Farewells that go nowhere. */
  private static Farewells into(List<Farewell> said) {
    return new Farewells() {
      @Override
      public Future<Void> say(Farewell farewell) {
        said.add(farewell);
        return Future.succeededFuture();
      }

      @Override
      public void hear(Consumer<Farewell> listener) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Test
  void shouldMakeNoLinkForAGoodbyeThatIsSaidElsewhere() {
    List<Farewell> said = new ArrayList<>();
    a.leave(first, Optional.of(into(said))).await();
    assertEquals(List.of(new Farewell(first, Set.of())), said);
    assertTrue(a.toString().contains("links=0"), a::toString);
    assertFalse(b.isGone(first));
    b.hear(said.getFirst());
    assertTrue(b.isGone(first));
  }

  @Test
  void shouldSayGoodbyeBehindWhatWasSent() {
    b.send(first, frame(WORLD, 0, new byte[1])).await();
    List<Farewell> said = new ArrayList<>();
    a.leave(first, Optional.of(into(said))).await();
    assertEquals(List.of(new Farewell(first, Set.of(b.address().id()))), said, "who has a link to us hears it by link");
    await().until(() -> b.isGone(first));
  }

  @Test
  void shouldLeaveAFarewellAloneThatComesByLinkToo() {
    b.hear(new Farewell(first, Set.of(b.address().id())));
    assertFalse(b.isGone(first));
    b.hear(new Farewell(new ProcessId(UUID.randomUUID(), 0, 0), Set.of()));
    assertFalse(b.isGone(first));
  }

  @Test
  void shouldFailSendsToThoseWhoAreGone() {
    b.close().await();
    Future<Void> sent = a.send(second, frame(WORLD, 0, new byte[1]));
    assertEquals(ErrorClass.PROC_FAILED, ((MpiException) sent.cause()).errorClass());
    assertTrue(sent.cause().getMessage().contains("cannot be reached by local"), sent.cause().getMessage());
    assertTrue(a.isGone(second));
    ProcessId unknown = new ProcessId(UUID.randomUUID(), 0, 0);
    assertTrue(a.send(unknown, frame(WORLD, 0, new byte[1])).cause().getMessage().contains("not known"));
  }

  @Test
  void shouldSayWhenNoLinkIsShared() {
    ProcessId elsewhere = new ProcessId(JOB, 5, 0);
    a.introduce(elsewhere, new NodeAddress(NodeId.random(), Map.of("pigeon", "coop")));
    Future<Void> sent = a.send(elsewhere, frame(WORLD, 0, new byte[1]));
    assertTrue(sent.cause().getMessage().contains("any of the links [local]"), sent.cause().getMessage());
  }

  @Test
  void shouldReachItself() {
    Recorder recorder = new Recorder();
    a.bind(WORLD, 1, recorder);
    a.send(first, frame(WORLD, 3, new byte[1])).await();
    await().untilAsserted(() -> assertEquals(List.of(3L), recorder.seen));
    assertEquals(1, a.traffic().links().get("local").frames());
  }

  @Test
  void shouldNameTheKnownLinks() {
    MpiOptions options = new MpiOptions().setLinks(List.of("smoke"));
    MpiException failure = (MpiException) Nodes.open(vertx, options, new byte[32], JOB).cause();
    assertEquals(ErrorClass.ARG, failure.errorClass());
    assertTrue(failure.getMessage().contains("local"), failure.getMessage());
  }

  @Test
  void shouldTryANodeAgainThatIsKnownByAPortOnly() {
    ProcessId foreign = new ProcessId(UUID.randomUUID(), 0, 0);
    NodeAddress nowhere = new NodeAddress(NodeId.random(), Map.of());
    a.addKey("port:1", new byte[32], nowhere);
    a.introduce(foreign, nowhere);
    Future<Void> sent = a.send(foreign, frame(WORLD, 0, new byte[0]));
    await().until(sent::isComplete);
    assertEquals(ErrorClass.PROC_FAILED, ((MpiException) sent.cause()).errorClass());
    assertFalse(a.isGone(foreign));
    assertTrue(a.whereIs(foreign).isEmpty());
    a.addKey("connection:1", new byte[32], nowhere);
    a.introduce(foreign, nowhere);
    a.send(foreign, frame(WORLD, 0, new byte[0]));
    await().until(() -> a.isGone(foreign));
  }

  private Node nodeWith(Vertx owner, String... links) {
    return Nodes.open(owner, new MpiOptions().setLinks(List.of(links)), new byte[32], JOB).await();
  }

  @Test
  void shouldTakeTheNextLinkWhereOneFails() {
    Node from = nodeWith(vertx, "tcp", "bus");
    Node to = nodeWith(vertx, "tcp", "bus");
    Map<String, String> endpoints = new HashMap<>(to.address().endpoints());
    endpoints.put("tcp", "127.0.0.1:1");
    ProcessId third = new ProcessId(JOB, 2, 0);
    from.introduce(third, new NodeAddress(to.address().id(), endpoints));
    Recorder recorder = new Recorder();
    to.bind(WORLD, 1, recorder);
    for (int i = 0; i < 10; i++) {
      from.send(third, frame(WORLD, i, new byte[10]));
    }
    await().until(() -> recorder.seen.size() == 10);
    assertEquals(IntStream.range(0, 10).mapToObj(i -> (long) i).toList(), recorder.seen);
    assertEquals(10, from.traffic().links().get("bus").frames());
    Future.join(from.close(), to.close()).await();
  }

  @Test
  void shouldNameTheLinksThatItTried() {
    Node from = nodeWith(vertx, "tcp", "bus");
    NodeId nobody = NodeId.random();
    ProcessId third = new ProcessId(JOB, 2, 0);
    from.introduce(third, new NodeAddress(nobody, Map.of("tcp", "127.0.0.1:1", "bus", "vertx-mpi.node." + nobody)));
    List<Departure> seen = new CopyOnWriteArrayList<>();
    from.watch(seen::add);
    Future<Void> sent = from.send(third, frame(WORLD, 0, new byte[10]));
    await().until(sent::isComplete);
    String why = sent.cause().getMessage();
    assertTrue(why.contains("cannot be reached by tcp (") && why.contains(", bus ("), why);
    assertEquals(List.of(third), seen.stream().map(Departure::process).toList());
    from.close().await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shm", "tcp", "bus"})
  void shouldNoticeTheDeathOfANode(String link) {
    Vertx other = link.equals("bus") ? vertx : Vertx.vertx();
    Node from = nodeWith(vertx, link);
    Node to = nodeWith(other, link);
    ProcessId here = new ProcessId(JOB, 2, 0);
    ProcessId there = new ProcessId(JOB, 3, 0);
    for (Node node : List.of(from, to)) {
      node.introduce(here, from.address());
      node.introduce(there, to.address());
    }
    from.send(there, frame(WORLD, 0, new byte[10])).await();
    // Nobody says goodbye.
    (link.equals("bus") ? to.close() : other.close()).await();
    // A worker of the node whose Vertx was closed under it may come too late, and throws.
    await().dontCatchUncaughtExceptions().until(() -> from.isGone(there));
    assertTrue(from.send(there, frame(WORLD, 1, new byte[10])).failed());
    from.close().await();
  }

  private static void overwhelm(Node from, ProcessId to, ContextId nobody) {
    byte[] payload = new byte[Envelope.MAX_PAYLOAD];
    for (int i = 0; !from.send(to, frame(nobody, i, payload)).failed(); i++) {
      assertTrue(i < 1000, "the stash is bounded");
    }
  }

  @Test
  void shouldFailItselfWhenItsJobHasDeclaredItDead() {
    ProcessId third = new ProcessId(JOB, 2, 0);
    Node c = node();
    a.introduce(third, c.address());
    c.introduce(first, a.address());
    Recorder recorder = new Recorder();
    c.bind(WORLD, 1, recorder);
    a.send(third, frame(WORLD, 0, new byte[1])).await();
    List<Departure> seen = new CopyOnWriteArrayList<>();
    a.watch(seen::add);
    overwhelm(a, second, WORLD.derive("nobody", 0));
    await().until(() -> a.verdict().isPresent());
    assertEquals(ErrorClass.PROC_FAILED, a.verdict().get().errorClass());
    assertTrue(a.verdict().get().reason().startsWith("this process was declared dead by the node "
        + b.address().id()), a.verdict().get().reason());
    await().until(() -> a.isGone(first) && a.isGone(second) && a.isGone(third));
    assertEquals(first, seen.getFirst().process(), "its own process is the first to know");
    assertTrue(a.send(third, frame(WORLD, 1, new byte[1])).failed());
    await().until(() -> b.isGone(first) && c.isGone(first));
    assertTrue(b.verdict().isEmpty() && c.verdict().isEmpty() && !b.isGone(second));
    c.close().await();
  }

  @Test
  void shouldTakeNothingFromTheDeadButFromANewIncarnation() {
    overwhelm(a, second, WORLD.derive("nobody", 0));
    await().until(() -> b.isGone(first));
    // Whoever claims to live at a dead node is dead as well.
    ProcessId ghost = new ProcessId(JOB, 3, 0);
    b.introduce(ghost, a.address());
    assertTrue(b.isGone(ghost));
    ProcessId reborn = new ProcessId(JOB, 0, 1);
    Node again = node();
    b.introduce(reborn, again.address());
    again.introduce(reborn, again.address());
    again.introduce(second, b.address());
    Recorder recorder = new Recorder();
    b.bind(WORLD, 1, recorder);
    again.send(second, frame(WORLD, 5, new byte[1])).await();
    await().untilAsserted(() -> assertEquals(List.of(5L), recorder.seen));
    assertTrue(b.livesAt(reborn, again.address().id()) && !b.livesAt(reborn, a.address().id()));
    assertFalse(b.isGone(reborn));
    again.close().await();
  }
}
