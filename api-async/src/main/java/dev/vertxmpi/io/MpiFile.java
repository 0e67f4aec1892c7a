package dev.vertxmpi.io;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.MpiProcedure;
import io.vertx.core.Future;
import java.nio.file.Path;

/** A file that the ranks of a communicator opened together. */
public interface MpiFile {

  /**
   * This file with other options for the calls made through the view.
   *
   * @param options copied
   * @return a view: same file, same pointers, same order of calls
   */
  MpiFile with(CallOptions options);

  /**
   * Where the file is.
   *
   * @return the path given to open
   */
  Path path();

  /**
   * Sets the view of this rank: collective. The individual pointer goes to 0. The etypes must have the same extent at
   * every rank. The view is in force when the Future has settled; access that was called before uses the former one.
   *
   * @param view where it begins, what it counts, what it shows
   * @return fails with {@code ARG} where the filetype is not built of etypes, its displacements are negative or
   *     decrease, or it overlaps itself in a file open for writing
   */
  @MpiProcedure("MPI_File_set_view")
  Future<Void> setView(FileView view);

  /**
   * The view of this rank.
   *
   * @return {@link FileView#BYTES} at first
   */
  @MpiProcedure("MPI_File_get_view")
  FileView view();

  /**
   * Access at an explicit offset; no pointer is used or moved.
   *
   * @param offset in etypes from the beginning of the view
   * @return the facet
   */
  FileAccess at(long offset);

  /**
   * Access at the pointer of this rank.
   *
   * @return the facet
   */
  FileAccess individual();

  /**
   * The pointer of this rank.
   *
   * @return in etypes from the beginning of the view
   */
  @MpiProcedure("MPI_File_get_position")
  long position();

  /**
   * Moves the pointer of this rank.
   *
   * @param offset in etypes from the beginning of the view, at least 0
   */
  @MpiProcedure("MPI_File_seek")
  void seek(long offset);

  /**
   * The length of the file.
   *
   * @return bytes
   */
  @MpiProcedure("MPI_File_get_size")
  Future<Long> size();

  /**
   * Makes the file longer or shorter: collective.
   *
   * @param bytes the same at every rank
   * @return settles when the file has that length
   */
  @MpiProcedure("MPI_File_set_size")
  Future<Void> setSize(long bytes);

  /**
   * Closes the file: collective. Pending access completes first.
   *
   * @return settles when every rank has closed
   */
  @MpiProcedure("MPI_File_close")
  Future<Void> close();
}
