package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Received;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages between two ranks, over every link. */
class PointToPointTest {

  private static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  @OverLinks
  void shouldKeepTheOrderOfASender(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      int count = 1000;
      Future<List<Integer>> received = ranks.on(1, world -> {
        List<Future<Received<Integer>>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          all.add(world.recv(Integer.class, 0, i % 3 == 0 ? Communicator.ANY_TAG : 7));
        }
        return Future.join(all).map(done -> all.stream().map(one -> one.result().body()).toList());
      });
      Waiting.await(ranks.on(0, world -> Future.join(IntStream.range(0, count).mapToObj(i ->
          world.send(i, 1, 7)).toList())));
      assertEquals(IntStream.range(0, count).boxed().toList(), Waiting.await(received));
    }
  }

  @OverLinks
  void shouldMoveMessagesOfEveryLength(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      for (int length : new int[] {0, 1, 4096, 4097, 65536, 65537, 262144, 262145, 1 << 20, 5 << 20}) {
        for (SendMode mode : SendMode.values()) {
          byte[] from = data(length);
          byte[] into = new byte[length + 3];
          Future<Status> status = ranks.on(1, world -> world.recv(MessageBuffer.of(into), 0, 1));
          Waiting.await(ranks.on(0, world -> world.send(MessageBuffer.of(from), 1, 1, mode)));
          assertEquals(new Status(0, 1, length), Waiting.await(status));
          assertArrayEquals(from, Arrays.copyOf(into, length));
        }
      }
    }
  }

  @OverLinks
  void shouldKeepOrderBetweenShortAndLongMessages(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      int[] lengths = {10, 300_000, 0, 70_000, 5, 1_000_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 1};
      List<Future<Void>> sends = new ArrayList<>();
      for (int length : lengths) {
        sends.add(ranks.on(0, world -> world.send(data(length), 1, 3)));
      }
      for (int length : lengths) {
        Received<byte[]> received = Waiting.await(ranks.on(1, world ->
            world.recv(byte[].class, Communicator.ANY_SOURCE, Communicator.ANY_TAG)));
        assertArrayEquals(data(length), received.body());
      }
      Waiting.all(sends);
    }
  }

  @Test
  void shouldReceiveFromAnySource() {
    try (Ranks ranks = new Ranks(4, Links.first())) {
      List<Future<Void>> sends = ranks.start(world -> world.rank() == 0 ? Future.succeededFuture()
          : world.send("from " + world.rank(), 0, world.rank()));
      Set<Integer> seen = new TreeSet<>();
      for (int i = 0; i < 3; i++) {
        Received<String> received = Waiting.await(ranks.on(0, world ->
            world.recv(String.class, Communicator.ANY_SOURCE, Communicator.ANY_TAG)));
        assertEquals("from " + received.status().source(), received.body());
        assertEquals(received.status().source(), received.status().tag());
        seen.add(received.status().source());
      }
      assertEquals(Set.of(1, 2, 3), seen);
      Waiting.all(sends);
    }
  }

  @Test
  void shouldMatchReceivesInTheOrderOfPosting() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      List<Future<Received<Integer>>> receives = new ArrayList<>();
      int[][] patterns = {{-1, 5}, {0, -1}, {-1, -1}, {0, 5}, {-1, 5}};
      for (int[] pattern : patterns) {
        receives.add(ranks.on(1, world -> world.recv(Integer.class, pattern[0], pattern[1])));
      }
      for (int i = 0; i < patterns.length; i++) {
        int number = i;
        Waiting.await(ranks.on(0, world -> world.send(number, 1, 5)));
      }
      for (int i = 0; i < patterns.length; i++) {
        assertEquals(i, Waiting.await(receives.get(i)).body());
      }
    }
  }

  @Test
  void shouldLetAReceiveChooseItsTag() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      for (int tag = 0; tag < 100; tag++) {
        int number = tag;
        ranks.on(0, world -> world.send(number, 1, number));
      }
      for (int tag = 99; tag >= 0; tag--) {
        int number = tag;
        assertEquals(number, Waiting.await(ranks.on(1, world -> world.recv(Integer.class, 0, number))).body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000_000})
  void shouldTruncateAndNotBlameTheSender(int length) {
    try (Ranks ranks = new Ranks(2, "tcp")) {
      byte[] into = new byte[length / 2];
      Future<Status> received = ranks.on(1, world -> world.recv(MessageBuffer.of(into), 0, 0));
      Waiting.await(ranks.on(0, world -> world.send(MessageBuffer.of(data(length)), 1, 0)));
      Waiting.failure(ErrorClass.TRUNCATE, received);
      assertArrayEquals(Arrays.copyOf(data(length), length / 2), into);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void shouldRefuseOtherPrimitives(int count) {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Future<Status> received = ranks.on(1, world -> world.recv(MessageBuffer.of(new double[count]), 0, 0));
      Waiting.await(ranks.on(0, world -> world.send(MessageBuffer.of(new long[count]), 1, 0)));
      Waiting.failure(ErrorClass.TYPE, received);
    }
  }

  @Test
  void shouldRefuseTheOtherForm() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Future<Status> exact = ranks.on(1, world -> world.recv(MessageBuffer.of(new byte[100]), 0, 0));
      Future<?> easy = ranks.on(1, world -> world.recv(byte[].class, 0, 0));
      Waiting.await(ranks.on(0, world -> world.send(new byte[3], 1, 0)));
      Waiting.await(ranks.on(0, world -> world.send(MessageBuffer.of(new byte[3]), 1, 0)));
      Waiting.failure(ErrorClass.TYPE, exact);
      Waiting.failure(ErrorClass.TYPE, easy);
      Future<?> wrong = ranks.on(1, world -> world.recv(String.class, 0, 0));
      Waiting.await(ranks.on(0, world -> world.send(7, 1, 0)));
      Waiting.failure(ErrorClass.TYPE, wrong);
    }
  }

  @OverLinks
  void shouldSendToItself(String link) {
    try (Ranks ranks = new Ranks(1, link)) {
      Waiting.await(ranks.on(0, world -> {
        Future<Received<byte[]>> received = world.recv(byte[].class, 0, 1);
        return world.send(data(1 << 20), 0, 1).compose(sent -> received)
            .map(Waiting.check(it -> assertArrayEquals(data(1 << 20), it.body())));
      }));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 40_000, 400_000})
  void shouldMoveStridedData(int rows) {
    try (Ranks ranks = new Ranks(2, Links.first()); Memory memory = Memory.allocate(MemoryKind.HOST, rows * 12L)) {
      int[] matrix = IntStream.range(0, rows * 3).toArray();
      Datatype column = Datatype.vector(rows, 1, 3, Datatype.INT);
      MessageBuffer from = new MessageBuffer(Memory.of(MemorySegment.ofArray(matrix)), 4, 1, column);
      MessageBuffer into = new MessageBuffer(memory, 8, 1, column);
      Future<Status> received = ranks.on(1, world -> world.recv(into, 0, 0));
      Waiting.await(ranks.on(0, world -> world.send(from, 1, 0)));
      assertEquals(rows * 4L, Waiting.await(received).bytes());
      for (int row = 0; row < rows; row += 1 + rows / 100) {
        assertEquals(matrix[row * 3 + 1], memory.segment().getAtIndex(ValueLayout.JAVA_INT, row * 3L + 2));
        assertEquals(0, memory.segment().getAtIndex(ValueLayout.JAVA_INT, row * 3L));
      }
    }
  }

  @Test
  void shouldMoveNothingToNobody() {
    try (Ranks ranks = new Ranks(1, Links.first())) {
      Waiting.await(ranks.on(0, world -> world.send("x", Communicator.PROC_NULL, 0)));
      assertEquals(new Status(Communicator.PROC_NULL, Communicator.ANY_TAG, 0), Waiting.await(ranks.on(0, world ->
          world.recv(MessageBuffer.of(new int[1]), Communicator.PROC_NULL, 0))));
    }
  }

  @Test
  void shouldCheckArguments() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Waiting.failure(ErrorClass.RANK, ranks.on(0, world -> world.send("x", 2, 0)));
      Waiting.failure(ErrorClass.RANK, ranks.on(0, world -> world.send("x", -1, 0)));
      Waiting.failure(ErrorClass.TAG, ranks.on(0, world -> world.send("x", 1, -1)));
      Waiting.failure(ErrorClass.TYPE, ranks.on(0, world -> world.send(new Object(), 1, 0)));
      Waiting.failure(ErrorClass.RANK, ranks.on(0, world -> world.recv(String.class, 5, 0)));
      Waiting.failure(ErrorClass.TAG, ranks.on(0, world -> world.recv(String.class, 1, -2)));
      Memory closed = Memory.allocate(MemoryKind.HOST, 8);
      closed.close();
      MessageBuffer buffer = MessageBuffer.of(closed, 1, Datatype.LONG);
      assertEquals("MPI_Send", Waiting.failure(ErrorClass.BUFFER, ranks.on(0, world ->
          world.send(buffer, 1, 0))).procedure());
    }
  }

  @Test
  void shouldKeepMemoryUntilTheEnd() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Memory memory = Memory.allocate(MemoryKind.HOST, 1 << 20);
      memory.segment().fill((byte) 5);
      Future<Void> sent = ranks.world(0).send(MessageBuffer.of(memory, Datatype.BYTE), 1, 0);
      memory.close();
      byte[] into = new byte[1 << 20];
      Waiting.await(ranks.on(1, world -> world.recv(MessageBuffer.of(into), 0, 0)));
      Waiting.await(sent);
      assertEquals(5, into[into.length - 1]);
    }
  }

  @Test
  void shouldEncodeAtTheCall() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      int[] value = {1, 2, 3};
      byte[] buffered = {1};
      Future<Void> sent = ranks.world(0).send(value, 1, 0);
      Future<Void> also = ranks.world(0).send(MessageBuffer.of(buffered), 1, 1, SendMode.BUFFERED);
      value[0] = 9;
      buffered[0] = 9;
      assertArrayEquals(new int[] {1, 2, 3}, Waiting.await(ranks.on(1, world -> world.recv(int[].class, 0, 0))).body());
      byte[] into = new byte[1];
      Waiting.await(ranks.on(1, world -> world.recv(MessageBuffer.of(into), 0, 1)));
      assertEquals(1, into[0]);
      Waiting.all(List.of(sent, also));
    }
  }

  @Test
  void shouldNotWaitForTheReceiverOfABufferedSend() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Waiting.await(ranks.on(0, world -> world.send(MessageBuffer.of(data(1 << 20)), 1, 0, SendMode.BUFFERED)));
      Waiting.failure(ErrorClass.RANK, ranks.on(0, world ->
          world.send(MessageBuffer.of(new byte[1]), 2, 0, SendMode.BUFFERED)));
      byte[] into = new byte[1 << 20];
      Waiting.await(ranks.on(1, world -> world.recv(MessageBuffer.of(into), 0, 0)));
      assertArrayEquals(data(1 << 20), into);
    }
  }

  @Test
  void shouldHoldASynchronousSendUntilItIsReceived() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      Future<Void> sent = ranks.on(0, world -> world.send(MessageBuffer.of(new byte[1]), 1, 0, SendMode.SYNCHRONOUS));
      // What comes later on the same link has overtaken nothing.
      Future<Void> marker = ranks.on(0, world -> world.send("later", 1, 1));
      Waiting.await(ranks.on(1, world -> world.recv(String.class, 0, 1)));
      assertFalse(sent.isComplete());
      Waiting.await(ranks.on(1, world -> world.recv(MessageBuffer.of(new byte[1]), 0, 0)));
      Waiting.await(sent);
      assertTrue(marker.isComplete());
    }
  }
}
