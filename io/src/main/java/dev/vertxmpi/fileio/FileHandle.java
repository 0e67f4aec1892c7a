package dev.vertxmpi.fileio;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.io.FileAccess;
import dev.vertxmpi.io.FileView;
import dev.vertxmpi.io.MpiFile;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Objects;

/** An open file with the options for calls made through this view of it. */
final class FileHandle implements MpiFile {

  private final OpenFile file;
  private final CallOptions options;

  FileHandle(OpenFile file, CallOptions options) {
    this.file = file;
    this.options = options;
  }

  @Override
  public MpiFile with(CallOptions other) {
    return new FileHandle(file, new CallOptions(other));
  }

  @Override
  public Path path() {
    return file.state().path();
  }

  @Override
  public Future<Void> setView(FileView view) {
    return file.setView(Objects.requireNonNull(view), options);
  }

  @Override
  public FileView view() {
    return file.place().view();
  }

  @Override
  public FileAccess at(long offset) {
    // The one value that means the pointer is as negative as any other.
    return new Access(offset == Transfer.INDIVIDUAL ? -1 : offset);
  }

  @Override
  public FileAccess individual() {
    return new Access(Transfer.INDIVIDUAL);
  }

  @Override
  public long position() {
    return file.place().pointer();
  }

  @Override
  public void seek(long offset) {
    try {
      file.place().seek(offset);
    } catch (MpiException e) {
      throw e.in("MPI_File_seek");
    }
  }

  @Override
  public Future<Long> size() {
    return file.size(options);
  }

  @Override
  public Future<Void> setSize(long bytes) {
    return file.setSize(bytes, options);
  }

  @Override
  public Future<Void> close() {
    return file.close(options);
  }

  private final class Access implements FileAccess {

    private final long offset;

    Access(long offset) {
      this.offset = offset;
    }

    @Override
    public Future<Status> read(MessageBuffer into) {
      return file.access(new Transfer(false, false, Objects.requireNonNull(into), offset), options);
    }

    @Override
    public Future<Status> readAll(MessageBuffer into) {
      return file.access(new Transfer(false, true, Objects.requireNonNull(into), offset), options);
    }

    @Override
    public Future<Status> write(MessageBuffer from) {
      return file.access(new Transfer(true, false, Objects.requireNonNull(from), offset), options);
    }

    @Override
    public Future<Status> writeAll(MessageBuffer from) {
      return file.access(new Transfer(true, true, Objects.requireNonNull(from), offset), options);
    }
  }
}
