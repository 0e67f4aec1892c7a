package dev.vertxmpi.examples.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.hazelcast.NameServer;
import dev.vertxmpi.hazelcast.NameServerOptions;
import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.OutputHandler.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DensityClientIT {

  @TempDir
  private Path folder;
  private NameServer names;

  @BeforeEach
  void open() {
    names = NameServer.start(new NameServerOptions().setPort(0)).await();
  }

  @AfterEach
  void close() {
    names.close().await();
  }

  private void assertOneLine(String beginning, String... where) {
    List<String> errors = new CopyOnWriteArrayList<>();
    List<String> arguments = new CopyOnWriteArrayList<>(List.of(folder.resolve("out.png").toString()));
    arguments.addAll(List.of(where));
    Job job = JobLauncher.start(new JobSpec(DensityClient.class.getName())
        .setArguments(arguments)
        .setNameServers(List.of(names.address()))
        .setOutputHandler((rank, source, line) -> {
          if (source == Source.ERR) {
            errors.add(line);
          }
        }));
    assertEquals(DensityServer.EXPLAINED, job.exit().await());
    assertEquals(1, errors.size(), () -> String.join("\n", errors));
    assertTrue(errors.getFirst().startsWith(beginning), errors::getFirst);
  }

  @Test
  void shouldRefuseGarbageAsPort() {
    assertOneLine("MPI_ERR_PORT: the text is not a port name: it does not begin with mpi1;", "port", "garbage");
  }

  @Test
  void shouldNameAnUnknownService() {
    assertOneLine("MPI_ERR_NAME in MPI_Lookup_name:", "service", "nobody-has-published-this", "0");
  }
}
