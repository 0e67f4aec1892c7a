package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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

/**
 * The memory of peers that this node has mapped, for reading. A mapping stays until the peer has freed the memory,
 * which is noticed with the next mapping, or until others are used more; it is undone when nobody reads it any more.
 */
final class MappedRegions {

  private static final int MOST = 256;

  private final Vertx vertx;
  private final Path own;
  private final Map<Path, Future<MemorySegment>> mapped = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Path, Future<MemorySegment>> eldest) {
      return size() > MOST;
    }
  };

  /** No mappings; {@code own} is a directory of this process. */
  MappedRegions(Vertx vertx, Path own) {
    this.vertx = vertx;
    this.own = own;
  }

  /** Maps a region of a peer. */
  synchronized Future<MemorySegment> map(ShmPlace peer, String region) {
    Path file;
    try {
      file = peer.region(region);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG, e.getMessage(), e));
    }
    Future<MemorySegment> known = mapped.get(file);
    if (known != null && !known.failed()) {
      // Without a context, so that the caller goes on at once.
      return known.succeeded() ? Future.succeededFuture(known.result()) : known;
    }
    List<Path> others = List.copyOf(mapped.keySet());
    Future<MemorySegment> made = vertx.executeBlocking(() -> {
      forget(others);
      return open(file);
    }, false);
    mapped.put(file, made);
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

  private void forget(List<Path> files) {
    List<Path> freed = files.stream().filter(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS)).toList();
    synchronized (this) {
      freed.forEach(mapped::remove);
    }
  }

  synchronized void clear() {
    mapped.clear();
  }
}
