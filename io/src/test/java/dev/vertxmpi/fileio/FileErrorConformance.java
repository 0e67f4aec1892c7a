package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.FileView;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What goes wrong, and that all ranks learn of it. */
abstract class FileErrorConformance extends FileContract {

  private List<MpiException> failToOpen(int ranks, Function<Intracommunicator, Path> path, FileOptions options) {
    return run(ranks, world -> errorOf(world.open(path.apply(world), options)));
  }

  /** Errors of a use of a file that exists, at each rank. */
  private List<MpiException> failToUse(int ranks, FileOptions options, Function<MpiFile, Future<?>> use) {
    Path path = prefilled("used", pattern(100, 1));
    return run(ranks, world -> with(world, path, options, file -> errorOf(use.apply(file))));
  }

  @Test
  void shouldSayWhyAFileCannotBeOpened() {
    Path missing = folder.resolve("missing");
    List<MpiException> errors = failToOpen(3, world -> missing, new FileOptions());
    assertAll(ErrorClass.NO_SUCH_FILE, errors);
    errors.forEach(error -> assertMentions(missing.toString(), error));
    errors.forEach(error -> assertMentions("MPI_File_open", error));
    assertAll(ErrorClass.BAD_FILE, failToOpen(2, world -> folder, new FileOptions()));
    assertAll(ErrorClass.BAD_FILE, failToOpen(2, world -> folder, modes(FileMode.WRONLY)));
    assertAll(ErrorClass.BAD_FILE, failToOpen(2, world -> folder.resolve("n".repeat(300)), creating()));
    assertAll(ErrorClass.NO_SUCH_FILE, failToOpen(2, world -> missing.resolve("deeper"), creating()));
    Path there = prefilled("there", new byte[3]);
    assertAll(ErrorClass.BAD_FILE, failToOpen(2, world -> there.resolve("below"), creating()));
    assertAll(ErrorClass.FILE_EXISTS,
        failToOpen(3, world -> there, modes(FileMode.RDWR, FileMode.CREATE, FileMode.EXCL)));
    assertEquals(3, content(there).length);
  }

  @Test
  void shouldFailToOpenEverywhereWhereOneRankFails() {
    Path there = prefilled("partly", new byte[3]);
    Path missing = folder.resolve("not-here");
    List<MpiException> errors =
        failToOpen(3, world -> world.rank() == 1 ? missing : there, new FileOptions());
    assertAll(ErrorClass.NO_SUCH_FILE, errors);
    assertMentions("rank 1", errors.get(0));
    assertMentions(missing.toString(), errors.get(2));
    assertEquals(List.of(1), errors.get(2).ranks());
  }

  @Test
  void shouldLeaveNoFileBehindWhenOpeningFails() {
    Path fresh = folder.resolve("fresh");
    Path elsewhere = folder.resolve("elsewhere");
    failToOpen(2, world -> world.rank() == 0 ? fresh : elsewhere, creating());
    assertFalse(Files.exists(fresh));
    assertFalse(Files.exists(elsewhere));
  }

  @Test
  void shouldCreateExclusivelyForAllRanksAtOnce() {
    Path path = folder.resolve("exclusive");
    run(5, world -> with(world, path, modes(FileMode.WRONLY, FileMode.CREATE, FileMode.EXCL), MpiFile::size));
    assertEquals(0, content(path).length);
  }

  @Test
  void shouldNeverShortenAFile() {
    Path path = prefilled("kept", pattern(50, 4));
    run(2, world -> with(world, path, modes(FileMode.WRONLY, FileMode.CREATE), MpiFile::size));
    assertArrayEquals(pattern(50, 4), content(path));
  }

  @Test
  void shouldRefuseModes() {
    assertAll(ErrorClass.AMODE, failToOpen(2, world -> folder.resolve("x"), modes()));
    assertAll(ErrorClass.AMODE,
        failToOpen(2, world -> folder.resolve("x"), modes(FileMode.RDONLY, FileMode.CREATE)));
    Path path = prefilled("modes", new byte[1]);
    List<MpiException> errors = run(3, world -> errorOf(world.open(path,
        modes(world.rank() == 2 ? FileMode.RDWR : FileMode.RDONLY))));
    assertAll(ErrorClass.NOT_SAME, errors);
    assertMentions("[RDWR] at rank 2", errors.get(0));
    assertAll(ErrorClass.NOT_SAME, run(2, world -> errorOf(world.open(path,
        new FileOptions().setStripingUnit(10L + world.rank())))));
    assertAll(ErrorClass.AMODE, run(2, world -> errorOf(world.open(path,
        world.rank() == 0 ? new FileOptions() : modes(FileMode.RDONLY, FileMode.WRONLY)))));
  }

  @Test
  void shouldKeepToTheModes() {
    MessageBuffer buffer = MessageBuffer.of(new byte[5]);
    FileOptions reading = new FileOptions();
    FileOptions writing = modes(FileMode.WRONLY);
    assertAll(ErrorClass.READ_ONLY, failToUse(2, reading, file -> file.at(0).write(buffer)));
    assertAll(ErrorClass.READ_ONLY, failToUse(2, reading, file -> file.individual().writeAll(buffer)));
    assertAll(ErrorClass.READ_ONLY, failToUse(2, reading, file -> file.setSize(10)));
    assertAll(ErrorClass.ACCESS, failToUse(2, writing, file -> file.individual().read(buffer)));
    assertAll(ErrorClass.ACCESS, failToUse(2, writing, file -> file.at(3).readAll(buffer)));
    assertArrayEquals(pattern(100, 1), content(folder.resolve("used")));
  }

  @Test
  void shouldRefuseBadArguments() {
    MessageBuffer three = MessageBuffer.of(new byte[3]);
    FileOptions both = modes(FileMode.RDWR);
    assertAll(ErrorClass.ARG, failToUse(2, both, file -> file.at(-1).write(three)));
    assertAll(ErrorClass.ARG, failToUse(2, both, file -> file.at(Long.MIN_VALUE).writeAll(three)));
    assertAll(ErrorClass.ARG, failToUse(2, both, file -> file.at(Long.MAX_VALUE).read(three)));
    assertAll(ErrorClass.ARG, failToUse(2, both, file -> file.setSize(-1)));
    assertAll(ErrorClass.IO, failToUse(2, both,
        file -> file.setView(FileView.of(Datatype.INT)).compose(set -> file.individual().write(three))));
    assertAll(ErrorClass.BUFFER, failToUse(2, both, file -> {
      Memory memory = Memory.allocate(MemoryKind.HOST, 10);
      MessageBuffer buffer = MessageBuffer.of(memory, Datatype.BYTE);
      memory.close();
      return file.at(0).write(buffer).recover(why -> file.at(0).writeAll(buffer));
    }));
    MessageBuffer constant = MessageBuffer.of(Memory.of(MemorySegment.ofArray(new byte[8]).asReadOnly()),
        Datatype.BYTE);
    assertAll(ErrorClass.BUFFER, failToUse(2, both, file -> file.at(0).read(constant)));
    assertAll(ErrorClass.BUFFER, failToUse(2, both, file -> file.at(0).readAll(constant)));
    run(1, world -> with(world, folder.resolve("used"), both, file -> {
      assertEquals(ErrorClass.ARG, assertThrows(MpiException.class, () -> file.seek(-1)).errorClass());
      return Future.succeededFuture();
    }));
  }

  @Test
  void shouldFailEverywhereWhereOneRankIsWrong() {
    List<MpiException> errors = run(4, world -> with(world, prefilledOnce("wrong"), modes(FileMode.RDWR), file ->
        errorOf(file.at(world.rank() == 2 ? -5 : 0).writeAll(MessageBuffer.of(new byte[10])))
            .compose(error -> file.at(world.rank()).writeAll(MessageBuffer.of(new byte[] {9})).map(error))));
    assertAll(ErrorClass.ARG, errors);
    assertMentions("rank 2", errors.get(0));
    assertEquals(List.of(2), errors.get(3).ranks());
    byte[] expected = pattern(100, 1);
    Arrays.fill(expected, 0, 4, (byte) 9);
    assertArrayEquals(expected, content(folder.resolve("wrong")), "no data of the failed call is in the file");
  }

  private Path prefilledOnce(String name) {
    Path path = folder.resolve(name);
    synchronized (this) {
      return Files.exists(path) ? path : prefilled(name, pattern(100, 1));
    }
  }

  @Test
  void shouldRefuseViewsEverywhere() {
    FileOptions both = modes(FileMode.RDWR);
    Datatype overlapping = Datatype.resized(Datatype.INT, 0, 2);
    List<MpiException> errors = run(3, world -> with(world, prefilledOnce("views"), both, file ->
        errorOf(file.setView(world.rank() == 1 ? FileView.of(Datatype.INT, overlapping) : FileView.of(Datatype.INT)))
            .onSuccess(error -> assertEquals(FileView.BYTES, file.view()))));
    assertAll(ErrorClass.ARG, errors);
    assertMentions("rank 1", errors.get(0));
    assertMentions("overlaps", errors.get(1));
    assertAll(ErrorClass.NOT_SAME, run(2, world -> with(world, prefilledOnce("views"), both, file ->
        errorOf(file.setView(FileView.of(world.rank() == 0 ? Datatype.INT : Datatype.LONG))))));
    assertAll(ErrorClass.NOT_SAME, run(2, world -> with(world, prefilledOnce("views"), both, file ->
        errorOf(file.setSize(50 + world.rank())))));
  }

  @Test
  void shouldRefuseCallsAfterClose() {
    Path path = prefilled("closed", new byte[10]);
    run(2, world -> world.open(path, modes(FileMode.RDWR)).compose(file -> file.close().map(closed -> file))
        .compose(file -> {
          MessageBuffer buffer = MessageBuffer.of(new byte[1]);
          assertEquals(ErrorClass.FILE, assertThrows(MpiException.class, file::position).errorClass());
          return Future.join(List.of(errorOf(file.at(0).read(buffer)), errorOf(file.at(0).writeAll(buffer)),
              errorOf(file.size()), errorOf(file.setSize(1)), errorOf(file.setView(FileView.BYTES)),
              errorOf(file.close())));
        })
        .onSuccess(all -> all.<MpiException>list().forEach(error ->
            assertEquals(ErrorClass.FILE, error.errorClass(), error.getMessage()))));
  }

  @Test
  void shouldNameBothCallsOfAMismatch() {
    List<MpiException> errors = run(2, world -> with(world, prefilledOnce("mismatch"), modes(FileMode.RDWR), file -> {
      MessageBuffer buffer = MessageBuffer.of(new byte[10]);
      Future<?> call = world.rank() == 0 ? file.at(0).writeAll(buffer) : file.setSize(5);
      return errorOf(call).compose(error -> errorOf(world.rank() == 0 ? file.close() : file.at(0).readAll(buffer)))
          .compose(error -> file.at(0).readAll(buffer).map(error));
    }));
    assertAll(ErrorClass.COLLECTIVE_MISMATCH, errors);
    errors.forEach(error -> assertMentions("MPI_File_close", error));
    errors.forEach(error -> assertMentions("MPI_File_read_all", error));
  }

  @Test
  void shouldSettleAtTheDeadline() {
    CallOptions soon = new CallOptions().setTimeout(Duration.ofMillis(50));
    List<MpiException> errors = run(2, world -> with(world, prefilledOnce("deadline"), modes(FileMode.RDWR), file -> {
      MessageBuffer buffer = MessageBuffer.of(new byte[10]);
      Future<MpiException> error = world.rank() == 0
          ? errorOf(file.with(soon).at(0).writeAll(buffer))
              .compose(late -> world.send(MessageBuffer.of(new byte[1]), 1, 1).map(late))
          : world.recv(MessageBuffer.of(new byte[1]), 0, 1).compose(late -> errorOf(file.at(0).writeAll(buffer)));
      return error.compose(late -> file.at(0).readAll(buffer).map(late));
    }));
    assertAll(ErrorClass.TIMEOUT, errors);
    assertMentions("50 ms", errors.get(0));
    assertMentions("rank 0", errors.get(1));
  }

  @Test
  void shouldCancelWhatHasNotBegun() {
    List<MpiException> errors = run(2, world -> with(world, prefilledOnce("cancel"), modes(FileMode.RDWR), file -> {
      MessageBuffer buffer = MessageBuffer.of(new byte[10]);
      CancelScope scope = new CancelScope();
      scope.cancel();
      return errorOf(file.with(new CallOptions().setCancel(scope)).at(0).write(buffer));
    }));
    assertAll(ErrorClass.CANCELLED, errors);
    assertArrayEquals(pattern(100, 1), content(folder.resolve("cancel")));
  }

  @Test
  void shouldFailEverywhereWhenOneAggregatorCannotWrite() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "there is no /dev/full here");
    FileOptions options = modes(FileMode.WRONLY).setAggregators(3).setStripingUnit(50).setBufferSize(4096);
    List<MpiException> errors = run(3, world -> with(world, world.rank() == 1 ? full : prefilledOnce("device"), options,
        file -> errorOf(file.at(20_000L * world.rank()).writeAll(MessageBuffer.of(new byte[20_000])))));
    assertAll(ErrorClass.NO_SPACE, errors);
    assertMentions("rank 1", errors.get(0));
    assertMentions("/dev/full", errors.get(2));
    assertAll(ErrorClass.NO_SPACE, run(1, world -> with(world, full, modes(FileMode.WRONLY), file ->
        errorOf(file.at(0).write(MessageBuffer.of(new byte[10]))))));
  }

  @Test
  void shouldFailEverywhereWhenOneAggregatorCannotRead() {
    Path broken = Path.of("/proc/self/mem");
    assumeTrue(Files.isReadable(broken), "there is no /proc/self/mem here");
    FileOptions options = new FileOptions().setAggregators(3).setStripingUnit(50).setBufferSize(4096);
    Path good = prefilled("readable", new byte[60_000]);
    List<MpiException> errors = run(3, world -> with(world, world.rank() == 2 ? broken : good, options,
        file -> errorOf(file.at(10L * world.rank()).readAll(MessageBuffer.of(new byte[20_000])))));
    assertAll(ErrorClass.IO, errors);
    assertMentions("rank 2", errors.get(0));
  }
}
