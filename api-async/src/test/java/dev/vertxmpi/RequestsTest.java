package dev.vertxmpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestsTest {

  private final List<Promise<String>> promises = Stream.generate(Promise::<String>promise).limit(3).toList();
  private final List<Future<String>> operations = promises.stream().map(Promise::future).toList();

  @Test
  void shouldGiveTheFirstToSettle() {
    Future<Requests.Settled<String>> first = Requests.first(operations);
    assertFalse(first.isComplete());
    promises.get(1).complete("b");
    promises.get(0).complete("a");
    assertEquals(1, first.result().index());
    assertEquals("b", first.result().outcome().result());
  }

  @Test
  void shouldSucceedWithAFailure() {
    Future<Requests.Settled<String>> first = Requests.first(operations);
    promises.get(2).fail("broken");
    assertTrue(first.succeeded());
    assertEquals(2, first.result().index());
    assertEquals("broken", first.result().outcome().cause().getMessage());
  }

  @Test
  void shouldGiveAllThatHaveSettled() {
    promises.get(2).complete("c");
    promises.get(0).fail("broken");
    List<Requests.Settled<String>> some = Requests.some(operations).result();
    assertEquals(List.of(0, 2), some.stream().map(Requests.Settled::index).toList());
    assertTrue(some.get(0).outcome().failed());
    assertEquals("c", some.get(1).outcome().result());
  }

  @Test
  void shouldWaitForAtLeastOne() {
    Future<List<Requests.Settled<String>>> some = Requests.some(operations);
    assertFalse(some.isComplete());
    promises.get(1).complete("b");
    promises.get(2).complete("c");
    assertEquals(List.of(1), some.result().stream().map(Requests.Settled::index).toList());
  }

  @Test
  void shouldRefuseNoOperations() {
    assertEquals(ErrorClass.ARG,
        assertThrows(MpiException.class, () -> Requests.first(List.of())).errorClass());
    assertEquals(ErrorClass.ARG,
        assertThrows(MpiException.class, () -> Requests.some(List.of())).errorClass());
  }
}
