package dev.vertxmpi.fileio;

import dev.vertxmpi.memory.MessageBuffer;

/**
 * A read or write as it was asked for.
 *
 * @param writing else reading
 * @param collective else alone
 * @param buffer the caller's
 * @param offset in etypes; {@link #INDIVIDUAL} for the file pointer
 */
record Transfer(boolean writing, boolean collective, MessageBuffer buffer, long offset) {

  static final long INDIVIDUAL = Long.MIN_VALUE;

  boolean individual() {
    return offset == INDIVIDUAL;
  }

  /** The MPI name. */
  String procedure() {
    return "MPI_File_" + (writing ? "write" : "read") + (individual() ? "" : "_at") + (collective ? "_all" : "");
  }
}
