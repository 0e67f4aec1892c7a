package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.link.Links;
import dev.vertxmpi.runtime.link.OverLinks;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Ranks that leave while a file is open. */
class FileFaultTest extends FileContract {

  @Override
  <T> Future<List<T>> start(int ranks, Function<Intracommunicator, Future<T>> body) {
    return Jobs.start(vertx, Links.first(), ThreadingModel.EVENT_LOOP, ranks, body);
  }

  @OverLinks
  void shouldFailWhenARankLeavesInsteadOfCalling(String link) {
    Path path = folder.resolve("left-" + link);
    JobOptions options = new JobOptions().setRanks(3).setMpi(new MpiOptions().setLinks(List.of(link)));
    List<MpiException> errors = await(MpiJob.run(vertx, options, mpi -> mpi.world().open(path, creating())
        .compose(file -> mpi.rank() == 1 ? leave(mpi, file) : stay(file))));
    assertAll(ErrorClass.PROC_FAILED, List.of(errors.get(0), errors.get(2)));
    assertAll(ErrorClass.FILE, List.of(errors.get(1)));
  }

  /** The file of a rank that has ended is closed. */
  private static Future<MpiException> leave(Mpi mpi, MpiFile file) {
    return mpi.close().compose(closed -> errorOf(file.at(0).write(MessageBuffer.of(new byte[1]))));
  }

  private static Future<MpiException> stay(MpiFile file) {
    return errorOf(file.at(0).writeAll(MessageBuffer.of(new byte[1_000])))
        .compose(error -> errorOf(file.close()).map(error));
  }

  @Test
  void shouldLetGoOfFilesWhenTheJobEnds() {
    Path path = folder.resolve("forgotten");
    MpiFile file = await(MpiJob.run(vertx, 2, mpi -> mpi.world().open(path, creating()))).getFirst();
    Awaitility.await().untilAsserted(() -> assertEquals(ErrorClass.FILE,
        await(errorOf(file.size())).errorClass()));
  }
}
