package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The mapping of a file that two processes share. Creating, opening and closing block.
 *
 * <p>The file is filled by writing before it is mapped: where there is no space that fails here, and never at an access
 * to memory later.
 */
final class RingFile implements AutoCloseable {

  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int STEP = 256 << 10;

  private final Arena arena;
  private final MemorySegment segment;

  private RingFile(Arena arena, MemorySegment segment) {
    this.arena = arena;
    this.segment = segment;
  }

  /** Creates the file of a ring, filled with zeros. */
  static RingFile create(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
        StandardOpenOption.WRITE), OWNER_ONLY)) {
      fill(channel, RingDescriptor.FILE_LENGTH);
      return map(channel);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Writes zeros; fails where the file system is full. */
  static void fill(FileChannel channel, long length) {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(length, STEP));
    try {
      for (long done = 0; done < length; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
        done += channel.write(zeros, done);
      }
    } catch (IOException e) {
      throw new MpiException(ErrorClass.NO_MEM, "no shared memory is left for " + length + " bytes: "
          + e.getMessage(), e);
    }
  }

  /** Opens the file of a ring that a peer has created. */
  static RingFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS))) {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || channel.size() != RingDescriptor.FILE_LENGTH) {
        throw new IOException("not a ring: " + path);
      }
      return map(channel);
    }
  }

  private static RingFile map(FileChannel channel) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, RingDescriptor.FILE_LENGTH, arena);
      segment.load();
      return new RingFile(arena, segment);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  MemorySegment segment() {
    return segment;
  }

  /** Writes a fresh nonce. */
  byte[] writeNonce(long at) {
    byte[] nonce = new byte[RingDescriptor.NONCE_LENGTH];
    RANDOM.nextBytes(nonce);
    MemorySegment.copy(nonce, 0, segment, ValueLayout.JAVA_BYTE, at, nonce.length);
    return nonce;
  }

  byte[] readNonce(long at) {
    return segment.asSlice(at, RingDescriptor.NONCE_LENGTH).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Unmaps it. Nobody may use the segment any more. */
  @Override
  public void close() {
    arena.close();
  }
}
