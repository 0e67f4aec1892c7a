package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The memory of peers that this node has mapped, for reading. A mapping stays until the peer has freed the memory,
 * which is noticed with the next mapping, or until others are used more; it is undone when nobody reads it any more.
 */
final class MappedRegions {

  private static final int MOST = 256;

  private record Key(NodeId peer, String region) {
  }

  private record Mapping(Path file, Future<MemorySegment> memory) {
  }

  private final BlockingWork work;
  private final Path own;
  private final Map<Key, Mapping> mapped = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Mapping> eldest) {
      return size() > MOST;
    }
  };

  /** No mappings; {@code own} is a directory of this process. */
  MappedRegions(BlockingWork work, Path own) {
    this.work = work;
    this.own = own;
  }

  /** Maps a region of a peer. Its place is only asked for where the region is not mapped yet. */
  synchronized Future<MemorySegment> map(NodeId peer, String region, Supplier<ShmPlace> place) {
    Key key = new Key(peer, region);
    Mapping known = mapped.get(key);
    if (known != null && !known.memory.failed()) {
      // Without a context, so that the caller goes on at once.
      return known.memory.succeeded() ? Future.succeededFuture(known.memory.result()) : known.memory;
    }
    Path file;
    try {
      file = place.get().region(region);
    } catch (MpiException e) {
      return Future.failedFuture(e);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, e.getMessage(), e));
    }
    Map<Key, Mapping> others = Map.copyOf(mapped);
    Future<MemorySegment> made = work.run(() -> {
      forget(others);
      return open(file);
    });
    mapped.put(key, new Mapping(file, made));
    return made;
  }

  private MemorySegment open(Path file) throws IOException {
    new ShmPlace(file.getParent()).check(own);
    try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("not a region: " + file);
      }
      // Whoever reads it keeps it: nobody has to know when the last one is done.
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
  }

  private void forget(Map<Key, Mapping> those) {
    List<Key> freed = those.entrySet().stream()
        .filter(entry -> !Files.exists(entry.getValue().file, LinkOption.NOFOLLOW_LINKS)).map(Map.Entry::getKey)
        .toList();
    synchronized (this) {
      freed.forEach(mapped::remove);
    }
  }

  synchronized void clear() {
    mapped.clear();
  }
}
