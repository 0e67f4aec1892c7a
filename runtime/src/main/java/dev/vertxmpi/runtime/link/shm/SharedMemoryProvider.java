package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.spi.MemoryProvider;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Memory of the host that peers can map: a file for each piece, in one directory of the process.
 *
 * <pre>
 *   name of a region   3-a1b2/7     directory vertx-mpi-&lt;user&gt;-&lt;process&gt;-3-a1b2, file region-7
 * </pre>
 *
 * <p>The name leaves out the process: who maps it takes that from the authenticated address of the peer, and so stays
 * within what belongs to the peer.
 */
public final class SharedMemoryProvider implements MemoryProvider {

  private static final Logger LOG = Logger.getLogger(SharedMemoryProvider.class.getName());
  private static final Object LOCK = new Object();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static ShmDirectory directory;

  /** For {@link java.util.ServiceLoader}. */
  public SharedMemoryProvider() {
  }

  @Override
  public MemoryKind kind() {
    return MemoryKind.HOST;
  }

  @Override
  public Memory allocate(long bytes) {
    try {
      ShmDirectory home = home();
      long number = NUMBERS.incrementAndGet();
      Path file = home.path().resolve(ShmPlace.REGION + "-" + number);
      return create(file, bytes, home.region(number));
    } catch (IOException | RuntimeException e) {
      throw e instanceof MpiException known ? known
          : new MpiException(ErrorClass.NO_MEM, "no shared memory can be had: " + e.getMessage(), e);
    }
  }

  private static Memory create(Path file, long bytes, String name) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
        StandardOpenOption.WRITE), RingFile.OWNER_ONLY)) {
      RingFile.fill(channel, bytes);
      MemorySegment segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      return new SharedMemory(segment, arena, name, () -> remove(file));
    } catch (IOException | RuntimeException e) {
      arena.close();
      remove(file);
      throw e;
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.FINE, "could not remove " + file, e);
    }
  }

  /** The directory of the process, made on first use; it goes when the process ends. */
  private static ShmDirectory home() throws IOException {
    synchronized (LOCK) {
      if (directory == null || !Files.isDirectory(directory.path())) {
        directory = ShmDirectory.create(ShmDirectory.base());
        directory.sweep();
      }
      return directory;
    }
  }
}
