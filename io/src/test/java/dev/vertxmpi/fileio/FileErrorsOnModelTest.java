package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Errors on the simplest communicator there is, and deaths at chosen moments. */
class FileErrorsOnModelTest extends FileErrorConformance {

  @Override
  <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body) {
    return FileOnModelTest.start(vertx, new MemoryRanks(vertx, ranks), ranks, body);
  }

  @Test
  void shouldFailWhenARankDiesInsteadOfCalling() {
    MemoryRanks model = new MemoryRanks(vertx, 3);
    Path path = folder.resolve("dead");
    List<MpiException> errors = await(FileOnModelTest.start(vertx, model, 3,
        world -> world.open(path, creating()).compose(file -> {
          if (world.rank() == 1) {
            model.kill(1);
            return Future.succeededFuture(new MpiException(ErrorClass.PROC_FAILED, "me"));
          }
          return errorOf(file.at(0).writeAll(MessageBuffer.of(new byte[100])))
              .compose(error -> errorOf(file.close()));
        })));
    assertAll(ErrorClass.PROC_FAILED, errors);
  }

  @Test
  void shouldFailWhenARankDiesInTheMiddle() {
    MemoryRanks model = new MemoryRanks(vertx, 3);
    Path path = folder.resolve("dying");
    List<MpiException> errors = await(FileOnModelTest.start(vertx, model, 3, world -> world.open(path,
        creating().setAggregators(3).setStripingUnit(10).setBufferSize(4096)).compose(file -> {
          Future<MpiException> error =
              errorOf(file.at(world.rank() * 1_000_000L).writeAll(MessageBuffer.of(new byte[1_000_000])));
          if (world.rank() == 1) {
            vertx.setTimer(30, fired -> model.kill(1));
            return error;
          }
          return error.compose(known -> errorOf(file.close()).map(known));
        })));
    assertAll(ErrorClass.PROC_FAILED, errors);
  }

  @Test
  void shouldLetGoOfTheFileWhenItsRankEnds() {
    MemoryRanks model = new MemoryRanks(vertx, 1);
    Path path = folder.resolve("orphan");
    MpiFile file = await(FileOnModelTest.start(vertx, model, 1,
        world -> world.open(path, modes(FileMode.RDWR, FileMode.CREATE)))).getFirst();
    model.kill(0);
    await(FileOnModelTest.start(vertx, new MemoryRanks(vertx, 1), 1, world -> Future.succeededFuture()));
    Awaitility.await().untilAsserted(() -> assertEquals(ErrorClass.FILE,
        await(errorOf(file.at(0).read(MessageBuffer.of(new byte[1])))).errorClass()));
  }
}
