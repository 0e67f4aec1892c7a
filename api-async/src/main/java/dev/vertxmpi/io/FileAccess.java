package dev.vertxmpi.io;

import dev.vertxmpi.MpiProcedure;
import dev.vertxmpi.Status;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;

/**
 * Reading and writing from a position: an explicit offset ({@link MpiFile#at}) or the individual file pointer
 * ({@link MpiFile#individual}), which moves at the call by the number of etypes asked for.
 *
 * <p>Access is chunked with bounded memory. Gaps of a view are never written. A read that meets the end of the file
 * succeeds with a shorter {@link Status#bytes()}. Errors: {@code READ_ONLY}, {@code ACCESS}, {@code NO_SPACE},
 * {@code QUOTA}, {@code IO}, {@code FILE} (closed). Collective access fails at every rank where it fails at one.
 *
 * <p>Where a deadline passes, what is in the file by then stays. Access is cancelled only
 * while it has not begun to move data.
 */
public interface FileAccess {

  /**
   * Reads, alone.
   *
   * @param into belongs to the library until the Future settles
   * @return how many bytes were read
   */
  @MpiProcedure({"MPI_File_read_at", "MPI_File_iread_at", "MPI_File_read", "MPI_File_iread"})
  Future<Status> read(MessageBuffer into);

  /**
   * Reads, together with all ranks of the file.
   *
   * @param into belongs to the library until the Future settles
   * @return how many bytes were read by this rank
   */
  @MpiProcedure({"MPI_File_read_at_all", "MPI_File_iread_at_all", "MPI_File_read_all", "MPI_File_iread_all"})
  Future<Status> readAll(MessageBuffer into);

  /**
   * Writes, alone.
   *
   * @param from belongs to the library until the Future settles
   * @return how many bytes were written
   */
  @MpiProcedure({"MPI_File_write_at", "MPI_File_iwrite_at", "MPI_File_write", "MPI_File_iwrite"})
  Future<Status> write(MessageBuffer from);

  /**
   * Writes, together with all ranks of the file. The data passes through aggregators, each the only writer of its
   * stripes.
   *
   * @param from belongs to the library until the Future settles
   * @return how many bytes were written for this rank, when all ranks' data of this call is in the file
   */
  @MpiProcedure({"MPI_File_write_at_all", "MPI_File_iwrite_at_all", "MPI_File_write_all", "MPI_File_iwrite_all"})
  Future<Status> writeAll(MessageBuffer from);
}
