package dev.vertxmpi.runtime.link.shm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where a process keeps what others of its host and user open: {@code vertx-mpi-<user>-<process>-<number>}, for its
 * owner only.
 *
 * <pre>
 *   lock       locked for as long as the process lives
 *   control    socket: links
 *   bell...    sockets: wake-ups
 *   ring-...   memory, until both ends have mapped it
 *   region-... memory of the user, in a directory of its own, until it is freed
 * </pre>
 *
 * <p>A directory whose lock nobody holds is what a crash has left: {@link #sweep} removes it. All methods block.
 */
final class ShmDirectory {

  private static final Logger LOG = Logger.getLogger(ShmDirectory.class.getName());
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String LOCK = "lock";
  private static final String UNFINISHED = ".new";
  /** A directory without a lock may be one that is just being made. */
  private static final Duration TIME_TO_LOCK = Duration.ofMinutes(1);
  private static final int LONGEST_USER = 20;

  /**
   * Names this process, for all class loaders in it. To close a second handle of a file that the process has locked
   * would lose the lock: it must not even look into directories of its own.
   */
  private static final String PROCESS = process();

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Set<ShmDirectory> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(ShmDirectory::close), "vertx-mpi-files"));
  }

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private ShmDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  private static String process() {
    synchronized (System.getProperties()) {
      String known = System.getProperty("vertx.mpi.process");
      if (known == null) {
        known = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        System.setProperty("vertx.mpi.process", known);
      }
      return known;
    }
  }

  /** Memory if the host has such a place, else files that the system keeps in memory as far as it can. */
  static Path base() {
    Path memory = Path.of("/dev/shm");
    return Files.isDirectory(memory) && Files.isWritable(memory) ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** What the names of this user's directories begin with. */
  static String prefix() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.]", "_");
    return "vertx-mpi-" + user.substring(0, Math.min(user.length(), LONGEST_USER)) + "-";
  }

  static ShmDirectory create(Path base) throws IOException {
    String name = prefix() + PROCESS + "-" + NUMBERS.incrementAndGet() + "-"
        + UUID.randomUUID().toString().substring(0, 4);
    // Nobody may see it unlocked under its name.
    Path unfinished = Files.createDirectory(base.resolve(name + UNFINISHED), OWNER_ONLY);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(unfinished.resolve(LOCK), Set.of(StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE), RingFile.OWNER_ONLY);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("the file system locks nothing");
      }
      Path path = Files.move(unfinished, base.resolve(name));
      ShmDirectory directory = new ShmDirectory(path, channel, lock);
      OPEN.add(directory);
      return directory;
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      remove(unfinished);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** The name of a region in it. */
  String region(long number) {
    return path.getFileName().toString().substring((prefix() + PROCESS + "-").length()) + "/" + number;
  }

  /** Removes what crashed processes of this user have left. */
  void sweep() {
    try (DirectoryStream<Path> siblings = Files.newDirectoryStream(path.getParent(), prefix() + "*")) {
      for (Path sibling : siblings) {
        if (!sibling.getFileName().toString().startsWith(prefix() + PROCESS + "-") && isAbandoned(sibling)) {
          LOG.log(Level.INFO, "{0} is what a crashed process has left: it is removed", sibling);
          remove(sibling);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.FINE, "not all that crashed processes left could be removed", e);
    }
  }

  private boolean isAbandoned(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || !Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path))) {
      return false;
    }
    Path file = directory.resolve(LOCK);
    boolean young = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS).toInstant()
        .isAfter(Instant.now().minus(TIME_TO_LOCK));
    if (young && (directory.toString().endsWith(UNFINISHED) || !Files.exists(file))) {
      return false;
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Removes a directory of files and sockets. */
  static void remove(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      LOG.log(Level.FINE, "could not remove " + directory, e);
    }
  }

  /** Removes it, the second time too. */
  void close() {
    OPEN.remove(this);
    remove(path);
    try {
      lock.close();
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.FINE, "could not unlock " + path, e);
    }
  }
}
