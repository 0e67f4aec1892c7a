package dev.vertxmpi.runtime.names;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceContract;
import io.vertx.core.Vertx;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InJvmNameServiceTest extends NameServiceContract {

  private static Vertx vertx;
  private static String scope;

  @BeforeAll
  static void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void closeVertx() {
    await(vertx.close());
  }

  @Override
  protected NameService open(int process) {
    if (process == 0) {
      scope = UUID.randomUUID().toString();
    }
    return new InJvmNameService(vertx, scope);
  }

  @Test
  void shouldKeepScopesApart() {
    InJvmNameService other = new InJvmNameService(vertx, "other");
    await(alice.publish("orders", "port", ALICE, true));
    assertFails(ErrorClass.NAME, other.lookup("orders", NOT_AT_ALL));
    await(other.close());
  }

  @Test
  void shouldForgetAScopeThatNobodyUses() {
    int before = NameStore.count();
    InJvmNameService first = new InJvmNameService(vertx, "passing");
    InJvmNameService second = new InJvmNameService(vertx, "passing");
    await(first.publish("orders", "port", ALICE, true));
    await(first.close());
    assertEquals("port", await(second.lookup("orders", NOT_AT_ALL)).port());
    await(second.close());
    await(second.close());
    assertEquals(before, NameStore.count());
  }
}
