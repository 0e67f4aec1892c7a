package dev.vertxmpi;

/**
 * The error classes of MPI that this library raises, and three of its own ({@link #TIMEOUT}, {@link #CANCELLED},
 * {@link #COLLECTIVE_MISMATCH}).
 */
public enum ErrorClass {
  /** A buffer is null, closed, confined to one thread or too small. */
  BUFFER,
  /** A count is negative. */
  COUNT,
  /** A datatype does not fit the data, the operation or the other side. */
  TYPE,
  /** A tag is negative or above the upper bound. */
  TAG,
  /** The communicator is freed, or of the wrong sort for the call. */
  COMM,
  /** A rank lies outside the group. */
  RANK,
  /** A root lies outside the group, or is of the wrong sort. */
  ROOT,
  /** A group is unusable. */
  GROUP,
  /** A reduction operation does not apply to the datatype. */
  OP,
  /** An argument breaks a rule that no other class covers. */
  ARG,
  /** A message was longer than the buffer that received it. */
  TRUNCATE,
  /** An error without a class of its own. */
  OTHER,
  /** A fault of this library. */
  INTERN,
  /** Permission denied. */
  ACCESS,
  /** The access modes of a file contradict each other. */
  AMODE,
  /** An assertion is not valid for the call. */
  ASSERT,
  /** A file name is invalid. */
  BAD_FILE,
  /** The memory of a window is not usable. */
  BASE,
  /** A displacement is out of range. */
  DISP,
  /** The file exists already. */
  FILE_EXISTS,
  /** The file handle is closed or unusable. */
  FILE,
  /** An info key is too long or empty. */
  INFO_KEY,
  /** An info value is malformed. */
  INFO_VALUE,
  /** An info argument is unusable. */
  INFO,
  /** The operating system failed a file operation. */
  IO,
  /** The lock type is not known. */
  LOCKTYPE,
  /** A service name is not published. */
  NAME,
  /** No memory of that kind can be had. */
  NO_MEM,
  /** A collective argument differs between ranks. */
  NOT_SAME,
  /** No space on the device. */
  NO_SPACE,
  /** The file does not exist. */
  NO_SUCH_FILE,
  /** A port name is malformed, closed, or nobody serves it. */
  PORT,
  /** The quota is exceeded. */
  QUOTA,
  /** The file or file system is read-only. */
  READ_ONLY,
  /** Accesses to a window conflict. */
  RMA_CONFLICT,
  /** An access lies outside the target's window. */
  RMA_RANGE,
  /** A window call outside the epoch that it needs. */
  RMA_SYNC,
  /** The service name is not published, or not by this process. */
  SERVICE,
  /** A size is out of range. */
  SIZE,
  /** Processes could not be started. */
  SPAWN,
  /** The data representation is not known. */
  UNSUPPORTED_DATAREP,
  /** The operation is not supported on this object. */
  UNSUPPORTED_OPERATION,
  /** The window is freed or unusable. */
  WIN,
  /** A process that the operation needs has failed or left. */
  PROC_FAILED,
  /** The communicator was revoked. */
  REVOKED,
  /** The deadline of the call passed. */
  TIMEOUT,
  /** The call was cancelled. */
  CANCELLED,
  /** The ranks of a communicator called different collectives. */
  COLLECTIVE_MISMATCH;

  /**
   * The name that an MPI user knows.
   *
   * @return {@code MPI_ERR_} and the name of this constant; {@code MPIX_ERR_} for the classes of our own
   */
  public String mpiName() {
    return (compareTo(TIMEOUT) >= 0 ? "MPIX_ERR_" : "MPI_ERR_") + name();
  }
}
