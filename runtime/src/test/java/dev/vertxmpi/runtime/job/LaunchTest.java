package dev.vertxmpi.runtime.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {

  private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  @TempDir
  private Path folder;

  private final UUID job = UUID.randomUUID();

  private Map<String, String> variables() {
    return new HashMap<>(Map.of("VERTX_MPI_JOB", job.toString(), "VERTX_MPI_RANK", "2", "VERTX_MPI_SIZE", "4",
        "VERTX_MPI_KEY_FILE", folder.resolve("key").toString()));
  }

  private Path key(String content, String permissions) throws IOException {
    Path file = folder.resolve("key");
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void shouldReadWhatALauncherSays() throws IOException {
    Map<String, String> variables = variables();
    LaunchEnvironment plain = LaunchEnvironment.of(variables).orElseThrow();
    assertEquals(new LaunchEnvironment(job, 2, 4, 0, folder.resolve("key"), plain.cluster(), List.of(),
        job.toString(), OptionalInt.empty(), Optional.empty()), plain);
    assertTrue(plain.cluster().isEmpty());
    variables.putAll(Map.of("VERTX_MPI_INCARNATION", "3", "VERTX_MPI_CLUSTER", "c", "VERTX_MPI_MEMBERS",
        "127.0.0.1:1, 127.0.0.1:2", "VERTX_MPI_LOCAL_SCOPE", "s", "VERTX_MPI_APP_NUMBER", "1",
        "VERTX_MPI_PARENT_FILE", folder.resolve("parent").toString()));
    LaunchEnvironment full = LaunchEnvironment.of(variables).orElseThrow();
    assertEquals(3, full.incarnation());
    assertEquals("c", full.cluster().orElseThrow());
    assertEquals(List.of("127.0.0.1:1", "127.0.0.1:2"), full.members());
    assertEquals("s", full.localScope());
    assertEquals(OptionalInt.of(1), full.appNumber());
    assertEquals(folder.resolve("parent"), full.parentFile().orElseThrow());
    assertTrue(LaunchEnvironment.of(Map.of()).isEmpty());
    key(KEY + "\n", "rw-------");
    assertEquals(32, full.readKey().length);
    assertArrayEquals(new byte[] {0, 0x11, 0x22}, Arrays.copyOf(full.readKey(), 3));
  }

  @ParameterizedTest
  @CsvSource({"VERTX_MPI_JOB,x", "VERTX_MPI_RANK,", "VERTX_MPI_RANK,4", "VERTX_MPI_RANK,-1", "VERTX_MPI_RANK,one",
      "VERTX_MPI_SIZE,", "VERTX_MPI_SIZE,0", "VERTX_MPI_INCARNATION,-1", "VERTX_MPI_KEY_FILE,",
      "VERTX_MPI_APP_NUMBER,-1"})
  void shouldNameTheVariableThatIsWrong(String name, String value) {
    Map<String, String> variables = variables();
    if (value == null) {
      variables.remove(name);
    } else {
      variables.put(name, value);
    }
    MpiException failure = assertThrows(MpiException.class, () -> LaunchEnvironment.of(variables));
    assertEquals(ErrorClass.ARG, failure.errorClass());
    assertTrue(failure.reason().contains(name), failure.reason());
  }

  @ParameterizedTest
  @CsvSource({"rw-r--r--," + KEY, "rw-rw----," + KEY, "rw-------,0011", "rw-------,zz" + KEY,
      "rw-------," + KEY + KEY + KEY + KEY})
  void shouldRefuseAnUnsafeKeyFile(String permissions, String content) throws IOException {
    key(content, permissions);
    LaunchEnvironment environment = LaunchEnvironment.of(variables()).orElseThrow();
    MpiException failure = assertThrows(MpiException.class, environment::readKey);
    assertEquals(ErrorClass.ARG, failure.errorClass());
    assertTrue(failure.reason().contains("VERTX_MPI_KEY_FILE"), failure.reason());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertFalse(String.valueOf(cause.getMessage()).contains("0011"), cause.toString());
    }
  }

  @Test
  void shouldNameAKeyFileThatIsNotThere() {
    LaunchEnvironment environment = LaunchEnvironment.of(variables()).orElseThrow();
    assertTrue(assertThrows(MpiException.class, environment::readKey).reason().contains("cannot be read"));
  }

  @Test
  void shouldSayHowToGetASuitableVertx() {
    Vertx vertx = Vertx.vertx();
    Future<?> init = new JobRuntime(variables(), new AtomicBoolean()).init(vertx, new MpiOptions());
    await().until(init::isComplete);
    MpiException failure = (MpiException) init.cause();
    assertEquals("this process is rank 2 of 4 of its launcher's job, so its Vertx must be a member of the job's"
        + " cluster: let Mpi.launch(options) build it", failure.reason());
    vertx.close().await();
  }

  @Test
  void shouldBeThatRankOnlyOnce() {
    Vertx clustered = (Vertx) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Vertx.class},
        (proxy, method, arguments) -> method.getName().equals("isClustered"));
    Future<?> again = new JobRuntime(variables(), new AtomicBoolean(true)).init(clustered, new MpiOptions());
    assertTrue(again.cause().getMessage().contains("only once"), again.cause().getMessage());
  }

  @Test
  void shouldFailWithTheVariableThatIsWrong() {
    Vertx vertx = Vertx.vertx();
    JobRuntime runtime = new JobRuntime(Map.of("VERTX_MPI_JOB", "x"), new AtomicBoolean());
    for (Future<?> start : List.of(runtime.init(vertx, new MpiOptions()), runtime.launch(new MpiOptions()))) {
      await().until(start::isComplete);
      assertTrue(start.cause().getMessage().contains("VERTX_MPI_JOB"), start.cause().getMessage());
    }
    vertx.close().await();
  }
}
