package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Very many names of the global scope on one name server in a process of its own. They belong to one process, the
 * worst case for what a publisher does to keep them; another looks them up.
 *
 * <pre>
 *   publisher  --- publish, so many at once ---.
 *                                               name server
 *   reader     --- one lookup after the other -'
 * </pre>
 */
public final class NamesAtScale {

  private static final int AT_ONCE = 64;
  private static final int LOOKUPS = 20_000;
  private static final int FEW = 1000;
  private static final int PORTS = 1000;
  /** Names come and go with those who publish and leave; that must not be felt by who looks up. */
  private static final int LEAVERS = 20;

  private final int names;
  private final Consumer<String> progress;
  private final Consumer<Line> found;
  private final ProcessId owner = new ProcessId(UUID.randomUUID(), 0, 0);
  private final List<String> ports = IntStream.range(0, PORTS).mapToObj(this::port).toList();

  /**
   * A measurement.
   *
   * @param names how many
   * @param progress is told what goes on
   * @param found gets each figure at once
   */
  public NamesAtScale(int names, Consumer<String> progress, Consumer<Line> found) {
    this.names = names;
    this.progress = progress;
    this.found = found;
  }

  private String port(int number) {
    return new Port(UUID.randomUUID(), owner, new NodeAddress(new NodeId(UUID.randomUUID()),
        Map.of("tcp", "10.0.0.1:" + (10000 + number))), new byte[Port.KEY_LENGTH]).name();
  }

  private static String name(int number) {
    return "service-" + number;
  }

  /**
   * Measures.
   *
   * @throws IOException where the server cannot be started or asked
   * @throws InterruptedException where this thread is asked to end
   */
  public void run() throws IOException, InterruptedException {
    Vertx publishing = Vertx.vertx();
    Vertx reading = Vertx.vertx();
    try (KeptNamesProcess server = KeptNamesProcess.start()) {
      NameService publisher = open(publishing, server);
      NameService reader = open(reading, server);
      fill(publisher, 0, Math.min(names, FEW));
      look(reader, "few", Math.min(names, FEW));
      long empty = server.heap();
      if (names > FEW) {
        long start = System.nanoTime();
        fill(publisher, FEW, names);
        tell("names_publish", "names/s", (names - FEW) * 1e9 / (System.nanoTime() - start));
        long full = server.heap();
        tell("names_heap", "MB", full / 1e6);
        tell("names_bytes", "bytes/name", (double) (full - empty) / (names - FEW));
        look(reader, "many", names);
        leave(server, reader);
      }
      long start = System.nanoTime();
      await(reader.list());
      tell("names_list", "ms", (System.nanoTime() - start) / 1e6);
      await(reader.close());
      start = System.nanoTime();
      await(publisher.unpublishAll(owner));
      tell("names_unpublish_all", "ms", (System.nanoTime() - start) / 1e6);
      await(publisher.close());
    } finally {
      await(publishing.close());
      await(reading.close());
    }
  }

  private static NameService open(Vertx vertx, KeptNamesProcess server) {
    return NameServiceProvider.all().getFirst().global(vertx, List.of(server.address())).orElseThrow();
  }

  private void fill(NameService publisher, int from, int to) throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    List<Throwable> failures = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (i % 100_000 == 0) {
        progress.accept(i + " names published");
      }
      free.acquire();
      publisher.publish(name(i), ports.get(i % PORTS), owner, true).onComplete(published -> {
        if (published.failed()) {
          synchronized (failures) {
            failures.add(published.cause());
          }
        }
        free.release();
      });
    }
    free.acquire(AT_ONCE);
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.size() + " names could not be published", failures.getFirst());
    }
  }

  private void look(NameService reader, String what, int among) {
    progress.accept("looking up among " + among + " names");
    Random random = new Random(4711);
    times(reader, random, among, LOOKUPS / 4);
    tell("names_lookup_" + what, times(reader, random, among, LOOKUPS));
  }

  private static double[] times(NameService reader, Random random, int among, int count) {
    double[] micros = new double[count];
    for (int i = 0; i < count; i++) {
      micros[i] = time(reader, name(random.nextInt(among)));
    }
    return micros;
  }

  private static double time(NameService reader, String name) {
    long start = System.nanoTime();
    await(reader.lookup(name, Duration.ZERO));
    return (System.nanoTime() - start) / 1e3;
  }

  /** Others publish a name each and leave, while the reader goes on. */
  private void leave(KeptNamesProcess server, NameService reader) throws InterruptedException {
    progress.accept(LEAVERS + " others come and go");
    Thread others = Thread.ofVirtual().start(() -> {
      for (int i = 0; i < LEAVERS; i++) {
        Vertx vertx = Vertx.vertx();
        NameService leaver = open(vertx, server);
        await(leaver.publish("leaver-" + i, ports.getFirst(), new ProcessId(UUID.randomUUID(), 0, 0), true));
        await(leaver.close());
        await(vertx.close());
      }
    });
    Random random = new Random(4712);
    List<Double> micros = new ArrayList<>();
    while (others.isAlive()) {
      micros.add(time(reader, name(random.nextInt(names))));
    }
    others.join();
    tell("names_lookup_leavers", micros.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void tell(String what, double[] micros) {
    double[] sorted = micros.clone();
    Arrays.sort(sorted);
    tell(what, "us", sorted[sorted.length / 2]);
    tell(what + "_p99", "us", sorted[sorted.length * 99 / 100]);
    tell(what + "_max", "us", sorted[sorted.length - 1]);
  }

  private void tell(String figure, String unit, double value) {
    found.accept(new Line(figure, "-", 2, names, unit, Sample.of(List.of(value)), null, null, "-", "callback",
        Sample.of(List.of()), Runtime.getRuntime().availableProcessors(), false, null, null));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
