package dev.vertxmpi.hazelcast;

import static dev.vertxmpi.hazelcast.Clusters.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameService;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very many names of one process. */
class ManyNamesIT {

  private static final ProcessId OWNER = new ProcessId(UUID.randomUUID(), 0, 0);
  private static final ProcessId OTHER = new ProcessId(UUID.randomUUID(), 0, 0);
  private static final int NAMES = 150_000;
  private static final int AT_ONCE = 64;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void shouldLeaveNoThreads() {
    await(vertx.close());
    Leaks.assertNoHazelcastThreads();
  }

  private static void fill(NameService names, int count) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count; i++) {
      free.acquire();
      names.publish("name " + i, "port", OWNER, true).onFailure(failures::add).onComplete(done -> free.release());
    }
    free.acquire(AT_ONCE);
    assertEquals(0, failures.size(), failures::toString);
  }

  /** A process that looks whether its names are still there must not forget to say that it lives. */
  @Test
  @Tag("slow")
  void shouldKeepMoreNamesThanALeaseHasTimeToLookFor() throws Exception {
    NameServer server = await(NameServer.start(new NameServerOptions().setPort(0)));
    NameService names = Clusters.global(vertx, server.address());
    fill(names, NAMES);
    // Longer than a lease lives.
    long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    for (int i = 0; System.nanoTime() < end; i = (i + 7919) % NAMES) {
      assertEquals("port", await(names.lookup("name " + i, Duration.ZERO)).port());
    }
    assertEquals(NAMES, await(server.list()).size());
    await(names.close());
    await(server.close());
  }

  /** By a few names and by many: two ways of taking them back. */
  @Test
  void shouldTakeBackAllNamesOfAProcessHoweverMany() throws Exception {
    NameServer server = await(NameServer.start(new NameServerOptions().setPort(0)));
    NameService names = Clusters.global(vertx, server.address());
    await(names.publish("of another", "port", OTHER, true));
    for (int count : new int[] {3, 2000}) {
      fill(names, count);
      assertEquals(count + 1, await(server.list()).size());
      await(names.unpublishAll(OWNER));
      assertEquals(1, await(server.list()).size());
    }
    await(names.close());
    await(server.close());
  }
}
