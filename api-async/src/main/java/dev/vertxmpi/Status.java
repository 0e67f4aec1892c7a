package dev.vertxmpi;

import dev.vertxmpi.datatype.Datatype;
import java.util.OptionalLong;

/**
 * What is known of a received message, or of a file access.
 *
 * @param source rank of the sender; {@link Communicator#PROC_NULL} where there is none
 * @param tag tag of the message; {@link Communicator#ANY_TAG} where there is none
 * @param bytes length of the data in bytes, without gaps of the datatype
 */
public record Status(int source, int tag, long bytes) {

  /**
   * The number of whole elements.
   *
   * @param datatype what the data consists of
   * @return the count; empty where the length is no multiple of the datatype's size ({@code MPI_UNDEFINED})
   */
  @MpiProcedure("MPI_Get_count")
  public OptionalLong count(Datatype datatype) {
    if (datatype.size() == 0) {
      return bytes == 0 ? OptionalLong.of(0) : OptionalLong.empty();
    }
    return bytes % datatype.size() == 0 ? OptionalLong.of(bytes / datatype.size()) : OptionalLong.empty();
  }
}
