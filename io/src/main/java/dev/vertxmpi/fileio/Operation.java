package dev.vertxmpi.fileio;

/** The collective operations on a file. Ranks compare them, so that a program whose ranks differ fails, not hangs. */
enum Operation {
  OPEN("MPI_File_open"),
  SET_VIEW("MPI_File_set_view"),
  READ("MPI_File_read_all"),
  WRITE("MPI_File_write_all"),
  SET_SIZE("MPI_File_set_size"),
  CLOSE("MPI_File_close");

  private final String procedure;

  Operation(String procedure) {
    this.procedure = procedure;
  }

  /** The MPI name. */
  String procedure() {
    return procedure;
  }
}
