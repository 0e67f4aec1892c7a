package dev.vertxmpi.io;

/** Access modes of a file. Exactly one of {@link #RDONLY}, {@link #WRONLY} and {@link #RDWR} is needed. */
public enum FileMode {
  /** Reading only. */
  RDONLY,
  /** Writing only. */
  WRONLY,
  /** Reading and writing. */
  RDWR,
  /** Create the file where it is missing. */
  CREATE,
  /** Fail where the file exists; with {@link #CREATE}. */
  EXCL,
  /** Delete the file when it is closed. */
  DELETE_ON_CLOSE,
  /** Nobody else has the file open; a hint. */
  UNIQUE_OPEN,
  /** All file pointers start at the end of the file. */
  APPEND
}
