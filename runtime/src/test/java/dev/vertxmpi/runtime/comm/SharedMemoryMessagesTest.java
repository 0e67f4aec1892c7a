package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages between nodes that map each other's memory, on loops that poll. */
class SharedMemoryMessagesTest {

  private static final int LONG = 3 << 20;

  private static MessageBuffer bytes(Memory memory) {
    return MessageBuffer.of(memory, memory.size(), Datatype.BYTE);
  }

  private static Memory filled(long length, long seed) {
    Memory memory = Memory.allocate(MemoryKind.HOST, length);
    byte[] random = new byte[(int) length];
    new Random(seed).nextBytes(random);
    MemorySegment.copy(random, 0, memory.segment(), ValueLayout.JAVA_BYTE, 0, random.length);
    return memory;
  }

  @ParameterizedTest
  @EnumSource(value = ThreadingModel.class, names = {"EVENT_LOOP", "VIRTUAL_THREAD"})
  void shouldMoveMessagesOfEveryLengthInBothDirections(ThreadingModel threading) {
    try (Ranks ranks = Ranks.polling(2, "shm", threading)) {
      for (int length : new int[] {8, 4096, 4097, 16 << 10, (16 << 10) + 1, 64 << 10, 256 << 10, LONG, LONG + 1}) {
        for (SendMode mode : SendMode.values()) {
          for (int source = 0; source < 2; source++) {
            int from = source;
            try (Memory out = filled(length, length); Memory in = Memory.allocate(MemoryKind.HOST, length + 3)) {
              Future<Status> status = ranks.on(1 - from, world -> world.recv(bytes(in), from, 1));
              Waiting.await(ranks.on(from, world -> world.send(bytes(out), 1 - from, 1, mode)));
              assertEquals(new Status(from, 1, length), Waiting.await(status));
              assertEquals(-1, out.segment().mismatch(in.segment().asSlice(0, length)));
            }
          }
        }
      }
    }
  }

  @Test
  void shouldReadFromTheMiddleOfAMemoryIntoAnArray() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP); Memory out = filled(LONG, 5)) {
      assertTrue(out.region().isPresent());
      double[] in = new double[LONG / 16];
      MessageBuffer half = MessageBuffer.of(out, LONG / 8, Datatype.DOUBLE).slice(LONG / 16, LONG / 16);

      Future<Status> status = ranks.on(1, world -> world.recv(MessageBuffer.of(in), 0, 1));
      Waiting.await(ranks.on(0, world -> world.send(half, 1, 1)));

      assertEquals(LONG / 2, Waiting.await(status).bytes());
      assertEquals(-1, MemorySegment.ofArray(in).mismatch(out.segment().asSlice(LONG / 2)));
    }
  }

  @Test
  void shouldTellOfTruncationAndGoOn() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP); Memory out = filled(LONG, 6);
        Memory in = Memory.allocate(MemoryKind.HOST, LONG - 1)) {
      Future<Status> status = ranks.on(1, world -> world.recv(bytes(in), 0, 1));
      Waiting.await(ranks.on(0, world -> world.send(bytes(out), 1, 1)));

      MpiException failure = assertThrows(MpiException.class, () -> Waiting.await(status));
      assertEquals(ErrorClass.TRUNCATE, failure.errorClass());
      Future<Status> next = ranks.on(1, world -> world.recv(bytes(in), 0, 2));
      Waiting.await(ranks.on(0, world -> world.send(bytes(out).slice(0, LONG - 1), 1, 2)));
      assertEquals(LONG - 1, Waiting.await(next).bytes());
    }
  }

  @Test
  void shouldTakeAnAnnouncedMessageBackAtItsDeadline() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP); Memory out = filled(LONG, 7)) {
      MpiException failure = assertThrows(MpiException.class, () -> Waiting.await(ranks.on(0, world ->
          world.with(new CallOptions().setTimeout(Duration.ofMillis(50))).send(bytes(out), 1, 1))));

      assertEquals(ErrorClass.TIMEOUT, failure.errorClass());
    }
  }

  @Test
  void shouldKeepTheMemoryUntilTheReceiverHasReadIt() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP);
        Memory in = Memory.allocate(MemoryKind.HOST, LONG)) {
      Memory out = filled(LONG, 8);
      byte[] expected = out.segment().toArray(ValueLayout.JAVA_BYTE);
      Future<Void> sent = ranks.on(0, world -> world.send(bytes(out), 1, 1));
      ranks.on(0, world -> Future.succeededFuture()).await();
      out.close();

      Waiting.await(ranks.on(1, world -> world.recv(bytes(in), 0, 1)));

      Waiting.await(sent);
      assertEquals(-1, in.segment().mismatch(MemorySegment.ofArray(expected)));
    }
  }

  @Test
  void shouldKeepTheOrderOfShortAndLongMessages() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP)) {
      int[] lengths = {8, LONG, 8, 20_000, 4096, 100_000, 8, LONG, 8};
      List<Memory> memories = new ArrayList<>();
      Future<?> sent = ranks.on(0, world -> {
        List<Future<Void>> sends = new ArrayList<>();
        for (int length : lengths) {
          memories.add(filled(length, length));
          sends.add(world.send(bytes(memories.getLast()), 1, 1));
        }
        return Future.join(sends);
      });
      for (int length : lengths) {
        try (Memory in = Memory.allocate(MemoryKind.HOST, LONG)) {
          assertEquals(length, Waiting.await(ranks.on(1, world -> world.recv(bytes(in), 0, 1))).bytes());
        }
      }
      Waiting.await(sent);
      memories.forEach(Memory::close);
    }
  }

  @Test
  void shouldNotUseUpTheStackWhereEachSendFollowsFromTheOneBefore() {
    try (Ranks ranks = Ranks.polling(2, "shm", ThreadingModel.EVENT_LOOP)) {
      int count = 100_000;
      Future<Void> received = ranks.on(1, world -> Future.future(promise -> receive(world, count, promise)));
      Future<Void> sent = ranks.on(0, world -> Future.future(promise -> send(world, count, promise)));
      Waiting.await(received);
      Waiting.await(sent);
    }
  }

  private static void send(Communicator world, int left, Promise<Void> done) {
    if (left == 0) {
      done.complete();
    } else {
      world.send(MessageBuffer.of(new int[] {left}), 1, 1)
          .onSuccess(sent -> send(world, left - 1, done)).onFailure(done::tryFail);
    }
  }

  private static void receive(Communicator world, int left, Promise<Void> done) {
    int[] into = new int[1];
    if (left == 0) {
      done.complete();
    } else {
      world.recv(MessageBuffer.of(into), 0, 1).onSuccess(status -> {
        if (into[0] == left) {
          receive(world, left - 1, done);
        } else {
          done.fail("expected " + left + " but got " + into[0]);
        }
      }).onFailure(done::tryFail);
    }
  }
}
