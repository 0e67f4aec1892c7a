package dev.vertxmpi.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.runtime.vertx.Loops;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenLoopTest {

  private static final class Nothing implements Pollable {

    @Override
    public boolean poll() {
      return false;
    }

    @Override
    public boolean arm() {
      return true;
    }

    @Override
    public void disarm() {
      // Nothing was armed.
    }
  }

  private static final class Choice extends ChosenLoop<Nothing> {

    private final List<Context> begun = new ArrayList<>();
    private final List<Context> ended = new ArrayList<>();
    private int pollers;

    @Override
    protected Nothing newPoller() {
      pollers++;
      return new Nothing();
    }

    @Override
    protected void begun() {
      begun.add(chosen());
    }

    @Override
    protected void ended(Context left) {
      ended.add(left);
    }
  }

  private final Choice choice = new Choice();

  private static Context newContext(Vertx vertx) {
    Promise<Context> made = Promise.promise();
    vertx.deployVerticle(context -> {
      made.complete(vertx.getOrCreateContext());
      return Future.succeededFuture();
    }).await();
    return made.future().await();
  }

  @Test
  void shouldChooseTheNextWhenTheFirstGoes() {
    Vertx vertx = Loops.polling(Vertx.builder()).build();
    Context first = newContext(vertx);
    Context second = newContext(vertx);
    Runnable firstGoes = choice.add(first);
    Runnable secondGoes = choice.add(second);
    Runnable firstGoesAgain = choice.add(first);
    Nothing poller = choice.poller();
    firstGoes.run();
    assertEquals(poller, choice.poller());
    firstGoesAgain.run();
    assertEquals(List.of(first, second), choice.begun);
    assertEquals(List.of(first), choice.ended);
    assertNotNull(choice.poller());
    secondGoes.run();
    assertEquals(List.of(first, second), choice.ended);
    assertNull(choice.poller());
    vertx.close().await();
  }

  @Test
  void shouldNotTryLoopsThatCannotPoll() {
    Vertx vertx = Vertx.vertx();
    List<Runnable> undo = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      undo.add(choice.add(newContext(vertx)));
    }
    undo.forEach(Runnable::run);
    assertEquals(0, choice.pollers);
    assertNull(choice.poller());
    vertx.close().await();
  }
}
