package dev.vertxmpi.runtime.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeakTest {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static long sockets() {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.filter(LeakTest::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
        .filter(name -> name.startsWith("vert.x") || name.startsWith("vertx-mpi"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @OverLinks
  void shouldLeaveNoSocketsBehind(String link) {
    assumeTrue(Files.isDirectory(DESCRIPTORS));
    Vertx vertx = Vertx.vertx();
    JobOptions options = new JobOptions().setRanks(3).setMpi(new MpiOptions().setLinks(List.of(link, "tcp")));
    MpiJob.run(vertx, options, mpi -> mpi.world().allreduce(1, Op.SUM)).await();
    await().untilAsserted(() -> assertEquals(0, deploymentsOf(vertx)));
    long before = sockets();
    MpiJob.run(vertx, options, mpi -> mpi.world().allreduce(1, Op.SUM)).await();
    await().untilAsserted(() -> assertEquals(before, sockets()));
    vertx.close().await();
  }

  private static int deploymentsOf(Vertx vertx) {
    return vertx.deploymentIDs().size();
  }

  @Test
  void shouldLeaveNoThreadsBehind() {
    Set<String> before = threads();
    Vertx vertx = Vertx.vertx();
    MpiJob.run(vertx, new JobOptions().setRanks(3).setThreading(ThreadingModel.WORKER),
        mpi -> mpi.world().allreduce(1, Op.SUM)).await();
    vertx.close().await();
    await().untilAsserted(() -> assertEquals(before, threads()));
  }
}
