package dev.vertxmpi.runtime.vertx;

import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.spi.file.FileResolver;
import java.io.File;
import java.io.IOException;

/**
 * Finds files as Vert.x does, but makes the folder for copies of class-path resources when the first one is wanted.
 * Vert.x makes it at the start, and a JVM that is killed leaves it behind.
 */
final class LazyFileResolver implements FileResolver {

  private final FileSystemOptions options;
  private final FileResolver plain;
  private FileResolver full;
  private boolean closed;

  LazyFileResolver(FileSystemOptions options) {
    this.options = new FileSystemOptions(options);
    this.plain = FileResolver.fileResolver(new FileSystemOptions(options).setClassPathResolvingEnabled(false));
  }

  @Override
  public File resolve(String name) {
    File file = plain.resolve(name);
    FileResolver other = file.exists() ? null : full();
    return other == null ? file : other.resolve(name);
  }

  private synchronized FileResolver full() {
    if (full == null && !closed) {
      full = FileResolver.fileResolver(options);
    }
    return full;
  }

  @Override
  public void close() throws IOException {
    FileResolver made;
    synchronized (this) {
      closed = true;
      made = full;
    }
    if (made != null) {
      made.close();
    }
  }
}
