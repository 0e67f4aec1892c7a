package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ErrorsTest {

  private static final Path PATH = Path.of("data", "x.bin");

  private static void expect(ErrorClass expected, Throwable failure) {
    MpiException error = Errors.of(failure, "open", PATH);
    assertEquals(expected, error.errorClass());
    assertTrue(error.reason().startsWith("cannot open '" + PATH + "': "), error.reason());
    assertSame(failure, error.getCause());
  }

  @Test
  void shouldMapWhatTheFileSystemSays() {
    expect(ErrorClass.NO_SUCH_FILE, new NoSuchFileException("x"));
    expect(ErrorClass.ACCESS, new AccessDeniedException("x"));
    expect(ErrorClass.FILE_EXISTS, new FileAlreadyExistsException("x"));
    expect(ErrorClass.FILE, new ClosedChannelException());
    expect(ErrorClass.BAD_FILE, new FileSystemException("x", null, "Is a directory"));
    expect(ErrorClass.BAD_FILE, new FileSystemException("x", null, "File name too long"));
    expect(ErrorClass.BAD_FILE, new FileSystemException("x", null, "Not a directory"));
    expect(ErrorClass.READ_ONLY, new FileSystemException("x", null, "Read-only file system"));
    expect(ErrorClass.NO_SPACE, new IOException("No space left on device"));
    expect(ErrorClass.QUOTA, new IOException("Disk quota exceeded"));
    expect(ErrorClass.IO, new IOException("Input/output error"));
    expect(ErrorClass.IO, new IOException());
  }

  @Test
  void shouldBlameTheMemoryOfTheCaller() {
    expect(ErrorClass.BUFFER, new IllegalStateException("Already closed"));
    expect(ErrorClass.BUFFER, new ReadOnlyBufferException());
  }

  @Test
  void shouldKeepAnMpiError() {
    MpiException known = new MpiException(ErrorClass.TIMEOUT, "late");
    assertSame(known, Errors.of(known, "open", PATH));
  }
}
