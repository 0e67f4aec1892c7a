package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;

/** Makes MPI errors of what the file system says. */
final class Errors {

  private Errors() {
  }

  /**
   * The MPI error of any failure around a file.
   *
   * @param failure an {@code MpiException} stays as it is
   * @param doing what was attempted, such as {@code open}
   * @param path the file
   */
  static MpiException of(Throwable failure, String doing, Path path) {
    if (failure instanceof MpiException known) {
      return known;
    }
    ErrorClass errorClass = switch (failure) {
      case IOException io -> classify(io, path);
      case RejectedExecutionException ended -> ErrorClass.FILE;
      case IllegalStateException closedArena -> ErrorClass.BUFFER;
      case ReadOnlyBufferException readOnly -> ErrorClass.BUFFER;
      case IllegalArgumentException readOnly -> ErrorClass.BUFFER;
      default -> ErrorClass.INTERN;
    };
    return new MpiException(errorClass, "cannot " + doing + " '" + path + "': " + explain(failure), failure);
  }

  private static ErrorClass classify(IOException failure, Path path) {
    return switch (failure) {
      case NoSuchFileException missing -> ErrorClass.NO_SUCH_FILE;
      case AccessDeniedException denied -> ErrorClass.ACCESS;
      case FileAlreadyExistsException exists -> ErrorClass.FILE_EXISTS;
      case ClosedChannelException closed -> ErrorClass.FILE;
      default -> byText(failure, path);
    };
  }

  /** The JDK passes on other error numbers only as the text of the C library. */
  private static ErrorClass byText(IOException failure, Path path) {
    String text = String.valueOf(failure instanceof FileSystemException known && known.getReason() != null
        ? known.getReason() : failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("no space left")) {
      return ErrorClass.NO_SPACE;
    }
    if (text.contains("quota")) {
      return ErrorClass.QUOTA;
    }
    if (text.contains("read-only file system")) {
      return ErrorClass.READ_ONLY;
    }
    boolean badName = text.contains("is a directory") || text.contains("not a directory")
        || text.contains("name too long") || text.contains("symbolic link") || Files.isDirectory(path);
    return badName ? ErrorClass.BAD_FILE : ErrorClass.IO;
  }

  private static String explain(Throwable failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "no such file or directory";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> "it exists already";
      case ClosedChannelException closed -> "it is closed";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}
