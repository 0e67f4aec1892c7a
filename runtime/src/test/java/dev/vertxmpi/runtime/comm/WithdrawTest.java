package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Received;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deadlines and cancel scopes: exactly one of matched and cancelled. */
class WithdrawTest {

  @Test
  void shouldCancelAReceiveThatHasNotMatched() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      CancelScope scope = new CancelScope();
      Future<Received<String>> cancelled = ranks.on(1, world ->
          world.with(new CallOptions().setCancel(scope)).recv(String.class, 0, 0));
      Future<Received<String>> kept = ranks.on(1, world -> world.recv(String.class, 0, 0));
      Waiting.await(ranks.on(1, world -> {
        scope.cancel();
        return Future.succeededFuture();
      }));
      Waiting.failure(ErrorClass.CANCELLED, cancelled);
      Waiting.await(ranks.on(0, world -> world.send("hello", 1, 0)));
      assertEquals("hello", Waiting.await(kept).body());
    }
  }

  @Test
  void shouldTimeOut() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      CallOptions options = new CallOptions().setTimeout(Duration.ofMillis(20));
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(1, world -> world.with(options).recv(String.class, 0, 0)));
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(1, world ->
          world.with(options).send(MessageBuffer.of(new byte[1]), 0, 0, SendMode.SYNCHRONOUS)));
      Waiting.failure(ErrorClass.TIMEOUT, ranks.on(1, world ->
          world.with(options).send(MessageBuffer.of(new byte[1 << 20]), 0, 0)));
      // The withdrawn messages are not there any more.
      Waiting.await(ranks.on(1, world -> world.send("only", 0, 0)));
      assertEquals("only", Waiting.await(ranks.on(0, world ->
          world.recv(String.class, Communicator.ANY_SOURCE, Communicator.ANY_TAG))).body());
    }
  }

  @OverLinks
  void shouldEitherSendOrCancel(String link) {
    try (Ranks ranks = new Ranks(2, link)) {
      int count = 500;
      List<Future<Void>> sends = new ArrayList<>();
      List<Future<Status>> receives = new ArrayList<>();
      CancelScope rest = new CancelScope();
      for (int i = 0; i < count; i++) {
        CancelScope scope = new CancelScope();
        sends.add(ranks.on(0, world -> {
          Future<Void> sent = world.with(new CallOptions().setCancel(scope))
              .send(MessageBuffer.of(new byte[8]), 1, 0, SendMode.SYNCHRONOUS);
          ranks.rank(1).context().runOnContext(go -> scope.cancel());
          return sent;
        }));
        receives.add(ranks.on(1, world -> world.with(new CallOptions().setCancel(rest))
            .recv(MessageBuffer.of(new byte[8]), 0, 0)));
      }
      long sent = sends.stream().filter(WithdrawTest::succeeded).count();
      Waiting.await(ranks.on(1, world -> {
        rest.cancel();
        return Future.succeededFuture();
      }));
      assertEquals(sent, receives.stream().filter(WithdrawTest::succeeded).count());
    }
  }

  @Test
  void shouldEitherReceiveOrCancel() {
    try (Ranks ranks = new Ranks(2, Links.first())) {
      int count = 500;
      List<Future<Received<Integer>>> receives = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        CancelScope scope = new CancelScope();
        receives.add(ranks.on(1, world -> {
          Future<Received<Integer>> received = world.with(new CallOptions().setCancel(scope))
              .recv(Integer.class, 0, 0);
          ranks.rank(0).context().runOnContext(go -> scope.cancel());
          return received;
        }));
        Waiting.await(ranks.on(0, world -> world.send(number, 1, 0)));
      }
      long received = receives.stream().filter(WithdrawTest::succeeded).count();
      long left = 0;
      CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(200));
      while (received + left < count && succeeded(ranks.on(1, world -> world.with(soon).recv(Integer.class, 0, 0)))) {
        left++;
      }
      assertEquals(count, received + left);
    }
  }

  private static boolean succeeded(Future<?> future) {
    try {
      Waiting.await(future);
      return true;
    } catch (MpiException e) {
      return false;
    }
  }
}
