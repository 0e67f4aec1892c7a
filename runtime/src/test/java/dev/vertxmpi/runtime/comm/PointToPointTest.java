package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Received;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointToPointTest {

  static byte[] data(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "tcp", "bus"})
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

  @ParameterizedTest
  @ValueSource(strings = {"local", "tcp", "bus"})
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
}
