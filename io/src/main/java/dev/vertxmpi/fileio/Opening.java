package dev.vertxmpi.fileio;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.io.MpiFile;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * How ranks open a file together.
 *
 * <pre>
 *   all      vote: modes and hints          the same everywhere?
 *   rank 0   create, where asked for        one rank alone, so that EXCL means what it says
 *   all      vote                           could it?
 *   all      open the existing file
 *   all      vote                           could all of them?
 * </pre>
 */
final class Opening {

  private static final int MODES = 0;
  private static final int STRIPING_UNIT = 1;
  private static final int AGGREGATORS = 2;
  private static final int BUFFER_SIZE = 3;
  private static final int JVM = 4;
  private static final int FACTS = 5;

  /** Tells this JVM from all others. */
  private static final long THIS_JVM = UUID.randomUUID().getMostSignificantBits();

  private final Home home;
  private final Intracommunicator communicator;
  private final Path path;
  private final FileOptions options;
  private final Modes modes;
  private FileChannel channel;
  private boolean created;
  private long pointer;

  Opening(Home home, Intracommunicator communicator, Path path, FileOptions options) {
    this.home = home;
    this.communicator = communicator;
    this.path = path;
    this.options = options;
    this.modes = new Modes(options.getModes());
  }

  Future<MpiFile> run() {
    return Votes.exchange(communicator, modesVote())
        .compose(votes -> {
          Plan plan = plan(votes);
          return create().compose(ready -> step(this::open)).map(ready -> finish(plan));
        })
        .recover(why -> undo().transform(undone -> Future.failedFuture(why)));
  }

  private Vote modesVote() {
    try {
      modes.check();
      return new Vote(Operation.OPEN, null, modes.mask(), options.getStripingUnit(), options.getAggregators(),
          options.getBufferSize(), THIS_JVM);
    } catch (MpiException e) {
      return Vote.failed(Operation.OPEN, e, FACTS);
    }
  }

  private static Plan plan(Votes votes) {
    votes.requireSame(MODES, "the modes", Opening::names);
    votes.requireSame(STRIPING_UNIT, "striping_unit", String::valueOf);
    votes.requireSame(AGGREGATORS, "cb_nodes", String::valueOf);
    long[] jvms = IntStream.range(0, votes.size()).mapToLong(rank -> votes.fact(rank, JVM)).toArray();
    int[] aggregators = Plan.aggregators((int) votes.fact(0, AGGREGATORS), jvms);
    return Plan.of(votes.min(BUFFER_SIZE), new Stripes(votes.fact(0, STRIPING_UNIT), aggregators));
  }

  private static String names(long mask) {
    Set<FileMode> set = EnumSet.allOf(FileMode.class);
    set.removeIf(mode -> (mask & 1L << mode.ordinal()) == 0);
    return set.toString();
  }

  private Future<Void> create() {
    return modes.has(FileMode.CREATE) ? step(this::createIfMissing) : Future.succeededFuture();
  }

  /** Does something at this rank, then learns how it went everywhere. */
  private Future<Void> step(Callable<Void> action) {
    return home.blocking(action).map(done -> new Vote(Operation.OPEN, null))
        .otherwise(why -> new Vote(Operation.OPEN, Errors.of(why, "open", path)))
        .compose(mine -> Votes.exchange(communicator, mine)).mapEmpty();
  }

  private Void createIfMissing() throws IOException {
    if (communicator.rank() != 0) {
      return null;
    }
    try {
      FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
      created = true;
    } catch (FileAlreadyExistsException e) {
      if (modes.has(FileMode.EXCL)) {
        throw e;
      }
    }
    return null;
  }

  private Void open() throws IOException {
    channel = FileChannel.open(path, modes.openOptions());
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "Is a directory");
    }
    pointer = modes.has(FileMode.APPEND) ? channel.size() : 0;
    return null;
  }

  private MpiFile finish(Plan plan) {
    Watch watch = new Watch(communicator);
    OpenFile file = new OpenFile(new FileState(home, communicator, watch, path, modes, channel, plan), pointer);
    watch.start(why -> file.abandon(
        new MpiException(ErrorClass.FILE, "'" + path + "' is closed, since its rank has ended", why)));
    return new FileHandle(file, new CallOptions());
  }

  /** Leaves nothing behind that was not there before. */
  private Future<Void> undo() {
    return home.<Void>blocking(() -> {
      if (channel != null) {
        channel.close();
      }
      if (created && Files.size(path) == 0) {
        Files.delete(path);
      }
      return null;
    }).otherwiseEmpty().eventually(() -> communicator.free()).otherwiseEmpty();
  }
}
