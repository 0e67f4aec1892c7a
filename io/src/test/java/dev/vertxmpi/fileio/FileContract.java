package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the conformance tests of files share. How ranks come about is up to the subclass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FileContract {

  @TempDir
  Path folder;
  Vertx vertx;

  @BeforeAll
  void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  void stopVertx() {
    await(vertx.close());
  }

  @AfterEach
  void shouldLeaveNoFileAndNoThreadBehind() {
    Awaitility.await().untilAsserted(() -> {
      assertEquals(List.of(), openFiles());
      assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
          .filter(name -> name.startsWith("vertx-mpi-file")).toList());
    });
  }

  /** Files of the test that this process has open; none where the system does not tell. */
  private List<Path> openFiles() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return List.of();
    }
    try (var all = Files.list(descriptors)) {
      return all.map(FileContract::target).filter(path -> path.startsWith(folder)).toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return link;
    }
  }

  /** Runs a function in each of several ranks. */
  abstract <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body);

  final <T> List<T> run(int ranks, Function<Intracommunicator, Future<T>> body) {
    return await(start(ranks, body));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MpiException known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("not settled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The error of a future, as a result. */
  static Future<MpiException> errorOf(Future<?> future) {
    return future.transform(outcome -> outcome.succeeded()
        ? Future.failedFuture("succeeded with " + outcome.result())
        : Future.succeededFuture((MpiException) outcome.cause()));
  }

  static void assertAll(ErrorClass expected, List<MpiException> errors) {
    errors.forEach(error -> assertEquals(expected, error.errorClass(), error.getMessage()));
  }

  static FileOptions modes(FileMode... modes) {
    return new FileOptions().setModes(modes);
  }

  static FileOptions creating() {
    return modes(FileMode.RDWR, FileMode.CREATE);
  }

  /** Opens, uses and closes a file; closes it also where its use failed. */
  static <T> Future<T> with(Intracommunicator ranks, Path path, FileOptions options,
      Function<MpiFile, Future<T>> use) {
    return ranks.open(path, options).compose(file ->
        use.apply(file).eventually(file::close));
  }

  byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      return fail(e);
    }
  }

  Path prefilled(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      return fail(e);
    }
  }

  static byte[] pattern(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + seed * 17 + (i >> 8));
    }
    return bytes;
  }

  static void assertMentions(String text, MpiException error) {
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }
}
