package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.runtime.link.LinkEnd;
import dev.vertxmpi.spi.link.Envelope;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the file system, and what becomes of it. */
class ShmDirectoryTest {

  @TempDir
  private Path base;

  /** Another process: holds a directory and writes frames into a ring until it is killed. */
  static final class Child {

    private Child() {
    }

    public static void main(String[] args) throws IOException {
      ShmDirectory directory = ShmDirectory.create(Path.of(args[0]));
      RingFile file = RingFile.create(directory.path().resolve("ring-1"));
      System.out.println(directory.path());
      RingProducer producer = new RingProducer(file.segment());
      MemorySegment payload = MemorySegment.ofArray(new byte[Envelope.MAX_PAYLOAD]);
      for (int i = 0; ; i++) {
        int length = i % 10 == 0 ? 100_000 : i % 500;
        payload.asSlice(0, length).fill((byte) i);
        Envelope envelope = new Envelope((byte) 16, (short) 0, new ContextId(1, i / 3), i, i, i, i, i, i, i);
        while (!producer.offer(envelope, payload, 0, length)) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private Process child() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
        Child.class.getName(), base.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  void shouldOutliveACrashOfTheWriterAndSweepAfterIt() throws IOException, InterruptedException {
    ShmDirectory own = ShmDirectory.create(base);
    Process child = child();
    try {
      Path left = Path.of(child.inputReader().readLine());
      own.sweep();
      assertTrue(Files.exists(left.resolve("ring-1")), "who lives keeps its files");
      try (RingFile file = RingFile.open(left.resolve("ring-1"))) {
        RingConsumer consumer = new RingConsumer(file.segment());
        int[] next = new int[1];
        while (next[0] < 20_000) {
          consumer.poll((envelope, from, offset, length) -> whole(next[0]++, envelope, from, offset, length), 100,
              1 << 20);
        }
        // In the middle of whatever it does.
        child.toHandle().destroyForcibly();
        child.waitFor();
        while (consumer.poll((envelope, from, offset, length) ->
            whole(next[0]++, envelope, from, offset, length), 100, 1 << 20) > 0) {
          assertTrue(next[0] > 20_000);
        }
      }
      own.sweep();
      assertFalse(Files.exists(left));
    } finally {
      child.toHandle().destroyForcibly();
      child.waitFor();
      child.getInputStream().close();
    }
    own.close();
    assertEquals(0, base.toFile().list().length);
  }

  private static boolean whole(int i, Envelope envelope, MemorySegment from, long offset, int length) {
    assertEquals(new Envelope((byte) 16, (short) 0, new ContextId(1, i / 3), i, i, i, i, i, i, i), envelope);
    assertEquals(i % 10 == 0 ? 100_000 : i % 500, length);
    for (int at = 0; at < length; at++) {
      if (from.get(ValueLayout.JAVA_BYTE, offset + at) != (byte) i) {
        throw new AssertionError("byte " + at + " of frame " + i);
      }
    }
    return true;
  }

  @Test
  void shouldBeForItsOwnerOnly() throws IOException {
    ShmDirectory directory = ShmDirectory.create(base);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())));
    try (RingFile ring = RingFile.create(directory.path().resolve("ring-1"))) {
      assertEquals("rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path().resolve("ring-1"))));
      assertEquals(RingDescriptor.FILE_LENGTH, ring.segment().byteSize());
    }
    directory.close();
    directory.close();
    assertFalse(Files.exists(directory.path()));
  }

  @Test
  void shouldLeaveAloneWhatIsBeingMade() throws IOException {
    ShmDirectory own = ShmDirectory.create(base);
    Path begun = Files.createDirectory(base.resolve(ShmDirectory.prefix() + "0123456789ab-1-abcd.new"));
    Path without = Files.createDirectory(base.resolve(ShmDirectory.prefix() + "0123456789ab-2-abcd"));
    Path foreign = Files.createDirectory(base.resolve("something-else"));
    own.sweep();
    assertTrue(Files.exists(begun) && Files.exists(without));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(begun, longAgo);
    Files.setLastModifiedTime(without, longAgo);
    Files.setLastModifiedTime(foreign, longAgo);
    own.sweep();
    assertFalse(Files.exists(begun) || Files.exists(without));
    assertTrue(Files.exists(foreign));
    own.close();
  }

  @Test
  void shouldSayWhenNoMemoryIsLeft() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      MpiException failure = assertThrows(MpiException.class, () ->
          RingFile.fill(channel, RingDescriptor.FILE_LENGTH));
      assertEquals(ErrorClass.NO_MEM, failure.errorClass());
      assertTrue(failure.getMessage().contains("No space left"), failure.getMessage());
    }
  }

  @Test
  void shouldBeAbsentWhereItCannotWork() throws IOException {
    Path deep = base;
    for (int i = 0; i < 3; i++) {
      deep = Files.createDirectory(deep.resolve("a".repeat(30)));
    }
    Vertx vertx = Vertx.vertx();
    for (Path place : List.of(deep, base.resolve("missing"))) {
      LinkEnd end = new LinkEnd(vertx, new ShmLinkProvider(place), Duration.ofSeconds(1));
      assertEquals("none", end.endpoint.endpoint());
      assertFalse(end.endpoint.reaches(end.address));
      assertTrue(end.connect(end).failed());
      end.endpoint.close().await();
    }
    vertx.close().await();
    assertEquals(0, deep.toFile().list().length);
  }
}
