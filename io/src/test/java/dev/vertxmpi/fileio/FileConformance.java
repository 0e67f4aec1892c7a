package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Order;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.FileView;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading and writing, alone and together. */
abstract class FileConformance extends FileContract {

  /** Small enough that every access needs several windows, pieces and chunks. */
  private static FileOptions cramped(int aggregators, long stripe) {
    return creating().setAggregators(aggregators).setStripingUnit(stripe).setBufferSize(4096);
  }

  @Test
  void shouldWriteAndReadContiguousParts() {
    Path path = folder.resolve("contiguous");
    byte[] all = pattern(40_000, 1);
    List<byte[]> back = run(4, ranks -> with(ranks, path, creating(), file -> {
      byte[] mine = Arrays.copyOfRange(all, ranks.rank() * 10_000, (ranks.rank() + 1) * 10_000);
      byte[] read = new byte[40_000];
      return file.at(ranks.rank() * 10_000L).writeAll(MessageBuffer.of(mine))
          .onSuccess(status -> assertEquals(new Status(Communicator.PROC_NULL, Communicator.ANY_TAG, 10_000), status))
          .compose(written -> file.at(0).read(MessageBuffer.of(read)))
          .map(status -> read);
    }));
    back.forEach(read -> assertArrayEquals(all, read));
    assertArrayEquals(all, content(path));
  }

  @Test
  void shouldInterleaveElementsOfAllRanks() {
    Path path = folder.resolve("interleaved");
    int ranks = 5;
    int each = 3_000;
    run(ranks, world -> with(world, path, cramped(2, 7), file -> {
      long[] mine = new long[each];
      Arrays.setAll(mine, i -> (long) i * ranks + world.rank());
      Datatype comb = Datatype.resized(Datatype.LONG, 0, 8L * ranks);
      return file.setView(FileView.of(Datatype.LONG, comb).from(8L * world.rank()))
          .compose(set -> file.individual().writeAll(MessageBuffer.of(mine)));
    }));
    ByteBuffer written = ByteBuffer.wrap(content(path)).order(ByteOrder.nativeOrder());
    assertEquals(8 * ranks * each, written.remaining());
    for (long i = 0; i < (long) ranks * each; i++) {
      assertEquals(i, written.getLong());
    }
  }

  @Test
  void shouldWriteTilesAndReadThemBackAlone() {
    Path path = folder.resolve("tiles");
    long[] sizes = {60, 50};
    run(6, world -> with(world, path, cramped(3, 64), file -> {
      long[] part = {20, 25};
      long[] start = {20L * (world.rank() / 2), 25L * (world.rank() % 2)};
      int[] tile = new int[500];
      Arrays.setAll(tile, i -> (int) ((start[0] + i / 25) * 50 + start[1] + i % 25));
      int[] back = new int[500];
      Datatype view = Datatype.subarray(sizes, part, start, Order.C, Datatype.INT);
      return file.setView(FileView.of(Datatype.INT, view))
          .compose(set -> file.individual().writeAll(MessageBuffer.of(tile)))
          .compose(written -> file.at(0).read(MessageBuffer.of(back)))
          .onSuccess(status -> assertEquals(2_000, status.bytes()))
          .onSuccess(status -> assertArrayEquals(tile, back));
    }));
    ByteBuffer written = ByteBuffer.wrap(content(path)).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 3_000; i++) {
      assertEquals(i, written.getInt());
    }
  }

  @Test
  void shouldLeaveHolesAlone() {
    byte[] before = pattern(20_000, 9);
    Path path = prefilled("holes", before);
    run(3, world -> with(world, path, cramped(2, 100), file -> {
      byte[] mine = new byte[500];
      Arrays.fill(mine, (byte) world.rank());
      Datatype comb = Datatype.resized(Datatype.contiguous(5, Datatype.BYTE), 0, 40);
      return file.setView(FileView.of(Datatype.BYTE, comb).from(11L * world.rank()))
          .compose(set -> file.individual().writeAll(MessageBuffer.of(mine)));
    }));
    byte[] expected = before.clone();
    for (int rank = 0; rank < 3; rank++) {
      for (int i = 0; i < 500; i++) {
        expected[11 * rank + i / 5 * 40 + i % 5] = (byte) rank;
      }
    }
    assertArrayEquals(expected, content(path));
  }

  @Test
  void shouldReadShortAtTheEndOfTheFile() {
    Path path = prefilled("short", pattern(1_000, 2));
    for (boolean together : new boolean[] {false, true}) {
      List<Long> bytes = run(3, world -> with(world, path, modes(FileMode.RDONLY).setStripingUnit(30)
          .setAggregators(2), file -> {
            MessageBuffer into = MessageBuffer.of(new byte[400]);
            var access = file.at(400L * world.rank());
            return (together ? access.readAll(into) : access.read(into)).map(Status::bytes);
          }));
      assertEquals(List.of(400L, 400L, 200L), bytes);
      List<Long> beyond = run(2, world -> with(world, path, modes(FileMode.RDONLY), file -> {
        MessageBuffer into = MessageBuffer.of(new byte[10]);
        var access = file.at(1_000L + 5_000L * world.rank());
        return (together ? access.readAll(into) : access.read(into)).map(Status::bytes);
      }));
      assertEquals(List.of(0L, 0L), beyond);
    }
  }

  @Test
  void shouldCountWhatThereIsOfAViewWithGaps() {
    Path path = prefilled("shortview", pattern(105, 2));
    List<Long> bytes = run(2, world -> with(world, path, modes(FileMode.RDONLY).setStripingUnit(16).setAggregators(2),
        file -> {
          Datatype comb = Datatype.resized(Datatype.contiguous(10, Datatype.BYTE), 0, 20);
          return file.setView(FileView.of(Datatype.BYTE, comb).from(world.rank() * 10L)).compose(set -> {
            byte[] alone = new byte[100];
            byte[] together = new byte[100];
            return file.at(0).read(MessageBuffer.of(alone))
                .compose(one -> file.at(0).readAll(MessageBuffer.of(together)).map(all -> {
                  assertArrayEquals(alone, together);
                  assertEquals(one, all);
                  return all.bytes();
                }));
          });
        }));
    assertEquals(List.of(55L, 50L), bytes);
  }

  @Test
  void shouldTakeZeroElements() {
    Path path = folder.resolve("zero");
    List<Long> moved = run(3, world -> with(world, path, creating(), file -> {
      byte[] mine = world.rank() == 1 ? pattern(100, 3) : new byte[0];
      return file.at(50).writeAll(MessageBuffer.of(mine))
          .compose(w -> file.individual().write(MessageBuffer.of(new byte[0])))
          .compose(w -> file.individual().readAll(MessageBuffer.empty()))
          .compose(r -> file.at(60).readAll(MessageBuffer.of(new byte[world.rank() == 2 ? 20 : 0])))
          .map(Status::bytes);
    }));
    assertEquals(List.of(0L, 0L, 20L), moved);
    assertEquals(150, content(path).length);
  }

  @Test
  void shouldMovePointersAtTheCall() {
    Path path = folder.resolve("pointers");
    run(2, world -> with(world, path, creating(), file -> {
      if (world.rank() == 1) {
        return Future.succeededFuture();
      }
      Future<Status> first = file.individual().write(MessageBuffer.of(new int[] {1, 2}));
      assertEquals(8, file.position());
      Future<Status> second = file.individual().write(MessageBuffer.of(new int[] {3}));
      assertEquals(12, file.position());
      file.seek(4);
      int[] back = new int[2];
      return Future.all(first, second).compose(both -> file.individual().read(MessageBuffer.of(back)))
          .onSuccess(status -> assertArrayEquals(new int[] {2, 3}, back))
          .onSuccess(status -> assertEquals(12, file.position()));
    }));
  }

  @Test
  void shouldStartPointersAtTheEndWhenAppending() {
    Path path = prefilled("append", pattern(10, 1));
    run(1, world -> with(world, path, modes(FileMode.WRONLY, FileMode.APPEND), file -> {
      assertEquals(10, file.position());
      return file.individual().write(MessageBuffer.of(new byte[] {7, 7}));
    }));
    byte[] after = content(path);
    assertEquals(12, after.length);
    assertEquals(7, after[11]);
  }

  @Test
  void shouldPassBufferSize() {
    Path path = folder.resolve("large");
    int each = 300_000;
    run(3, world -> with(world, path, cramped(2, 10_000), file -> {
      byte[] mine = pattern(each, world.rank());
      byte[] alone = new byte[each];
      byte[] together = new byte[each];
      long offset = (long) each * world.rank();
      return file.at(offset).writeAll(MessageBuffer.of(mine))
          .compose(w -> file.at(offset).read(MessageBuffer.of(alone)))
          .compose(r -> file.at(offset).readAll(MessageBuffer.of(together)))
          .onSuccess(status -> assertEquals(each, status.bytes()))
          .onSuccess(status -> assertArrayEquals(mine, alone))
          .onSuccess(status -> assertArrayEquals(mine, together));
    }));
    assertEquals(3L * each, content(path).length);
  }

  @Test
  void shouldMoveMemoryWithGapsAndNativeMemory() {
    Path path = folder.resolve("memory");
    run(2, world -> with(world, path, creating(), file -> {
      int[] grid = new int[100];
      Arrays.setAll(grid, i -> i + 1000 * world.rank());
      Datatype column = Datatype.vector(10, 1, 10, Datatype.INT);
      MessageBuffer columnThree = new MessageBuffer(MessageBuffer.of(grid).memory(), 12, 1, column);
      Memory memory = Memory.allocate(MemoryKind.HOST, 40);
      return file.at(40L * world.rank()).writeAll(columnThree)
          .compose(w -> file.at(40L * (1 - world.rank())).read(MessageBuffer.of(memory, Datatype.INT)))
          .onSuccess(status -> {
            for (int i = 0; i < 10; i++) {
              assertEquals(3 + 10 * i + 1000 * (1 - world.rank()),
                  memory.segment().getAtIndex(ValueLayout.JAVA_INT, i));
            }
          })
          .eventually(() -> {
            memory.close();
            return Future.succeededFuture();
          });
    }));
  }

  @Test
  void shouldKeepTheOrderOfOutstandingCalls() {
    Path path = folder.resolve("outstanding");
    run(3, world -> with(world, path, creating().setAggregators(2).setStripingUnit(50), file -> {
      Future<?> last = Future.succeededFuture();
      for (int round = 0; round < 10; round++) {
        byte[] mine = new byte[64];
        Arrays.fill(mine, (byte) (10 * world.rank() + round));
        last = Future.all(last, file.at(64L * world.rank()).writeAll(MessageBuffer.of(mine)));
      }
      return last.mapEmpty();
    }));
    byte[] after = content(path);
    for (int rank = 0; rank < 3; rank++) {
      assertEquals(10 * rank + 9, after[64 * rank]);
      assertEquals(10 * rank + 9, after[64 * rank + 63]);
    }
  }

  @Test
  void shouldResizeAndMeasure() {
    Path path = prefilled("size", pattern(100, 1));
    run(3, world -> with(world, path, modes(FileMode.RDWR), file -> file.size()
        .onSuccess(size -> assertEquals(100, size))
        .compose(size -> file.setSize(1_000))
        .compose(set -> file.size())
        .onSuccess(size -> assertEquals(1_000, size))
        .compose(size -> file.setSize(30))
        .compose(set -> file.size())
        .onSuccess(size -> assertEquals(30, size))));
    assertArrayEquals(pattern(30, 1), content(path));
  }

  @Test
  void shouldDeleteOnClose() {
    Path path = folder.resolve("temporary");
    List<Boolean> left = run(2, world -> with(world, path,
        modes(FileMode.RDWR, FileMode.CREATE, FileMode.EXCL, FileMode.DELETE_ON_CLOSE),
        file -> file.individual().write(MessageBuffer.of(new byte[5])))
        .map(done -> Files.exists(path)));
    assertEquals(List.of(false, false), left);
    assertFalse(Files.exists(path));
  }

  @Test
  void shouldGiveTheSameBytesHoweverManyRanks() {
    byte[] expected = null;
    for (int ranks : new int[] {1, 2, 3, 5}) {
      Path path = folder.resolve("same" + ranks);
      int n = ranks;
      run(n, world -> with(world, path, cramped(1 + n / 2, 97), file -> {
        Datatype rows = Datatype.resized(Datatype.contiguous(30, Datatype.INT), 0, 120L * n);
        int count = 30 * (30 / n + (world.rank() < 30 % n ? 1 : 0));
        int[] mine = new int[count];
        Arrays.setAll(mine, i -> (i / 30 * n + world.rank()) * 30 + i % 30);
        return file.setView(FileView.of(Datatype.INT, rows).from(120L * world.rank()))
            .compose(set -> file.individual().writeAll(MessageBuffer.of(mine)));
      }));
      byte[] written = content(path);
      expected = expected == null ? written : expected;
      assertArrayEquals(expected, written, ranks + " ranks");
    }
  }

  /** Random views of all ranks that share no byte, against plain arrays. */
  @Test
  void shouldAgreeWithAModelOnRandomViews() {
    for (long seed = 1; seed <= 6; seed++) {
      RandomScene scene = new RandomScene(new Random(seed), 1 + (int) seed % 5);
      Path path = prefilled("random" + seed, scene.before());
      run(scene.ranks(), world -> exercise(scene, world, path));
      assertArrayEquals(scene.after(), content(path), "seed " + seed);
    }
  }

  private static Future<Void> exercise(RandomScene scene, Intracommunicator world, Path path) {
    int rank = world.rank();
    byte[] mine = scene.data(rank);
    FileOptions options = modes(FileMode.RDWR).setAggregators(scene.aggregators()).setStripingUnit(scene.stripe())
        .setBufferSize(4096);
    return with(world, path, options, file -> {
      byte[] alone = new byte[mine.length];
      byte[] together = new byte[mine.length];
      return file.setView(scene.view(rank))
          .compose(set -> file.individual().writeAll(MessageBuffer.of(mine)))
          .compose(w -> file.at(0).read(MessageBuffer.of(alone)))
          .compose(r -> file.at(0).readAll(MessageBuffer.of(together)))
          .onSuccess(status -> assertEquals(mine.length, status.bytes()))
          .onSuccess(status -> assertArrayEquals(mine, alone))
          .onSuccess(status -> assertArrayEquals(mine, together))
          .mapEmpty();
    });
  }
}
