package dev.vertxmpi.launcher.job;

import dev.vertxmpi.names.Port;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/**
 * The files of a job, in a folder that only their owner may enter.
 *
 * <pre>
 *   vertx-mpi-JOB/          rwx------
 *     key                   rw-------  32 random bytes in hexadecimal digits; removed once all ranks have joined
 *     parent                rw-------  port of those who spawned the job, a secret; removed once all ranks have joined
 *     lifeline              rw-------  empty, locked as long as the launcher lives
 * </pre>
 */
final class JobFiles implements AutoCloseable {

  private static final int KEY_LENGTH = 32;

  private final Path folder;
  private final Path key;
  private final byte[] secret;
  private final FileChannel lifeline;

  private JobFiles(Path folder, Path key, byte[] secret, FileChannel lifeline) {
    this.folder = folder;
    this.key = key;
    this.secret = secret;
    this.lifeline = lifeline;
  }

  /** Makes the files and takes the lock. */
  static JobFiles create(UUID job) throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "vertx-mpi-" + job).toAbsolutePath();
    Files.createDirectory(folder, permissions("rwx------"));
    FileChannel channel = null;
    try {
      byte[] secret = new byte[KEY_LENGTH];
      new SecureRandom().nextBytes(secret);
      Path key = Files.createFile(folder.resolve("key"), permissions("rw-------"));
      Files.writeString(key, HexFormat.of().formatHex(secret));
      channel = FileChannel.open(folder.resolve(Lifeline.FILE),
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions("rw-------"));
      if (channel.tryLock() == null) {
        throw new IOException("the file " + folder.resolve(Lifeline.FILE) + " cannot be locked");
      }
      return new JobFiles(folder, key, secret, channel);
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      Lifeline.remove(folder);
      throw e;
    }
  }

  private static FileAttribute<?>[] permissions(String text) {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))}
        : new FileAttribute<?>[0];
  }

  Path key() {
    return key;
  }

  /** What the file holds, in bytes. */
  byte[] secret() {
    return secret.clone();
  }

  Path lifeline() {
    return folder.resolve(Lifeline.FILE);
  }

  /** Where the port of those who spawned the job lies, if they did. */
  Path parent() {
    return folder.resolve(Lifeline.PARENT);
  }

  /** Writes down the port of those who spawned the job. */
  void keepParent(Port port) throws IOException {
    Files.writeString(Files.createFile(parent(), permissions("rw-------")), port.name());
  }

  /** Removes the secrets. Who has joined has read them. */
  void removeSecrets() {
    Lifeline.removeFile(key);
    Lifeline.removeFile(parent());
  }

  /** Releases the lock, which ends ranks that are still there, and removes everything. */
  @Override
  public void close() {
    Lifeline.remove(folder);
    try {
      lifeline.close();
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.launcher").log(System.Logger.Level.DEBUG, "while closing the lifeline", e);
    }
  }
}
