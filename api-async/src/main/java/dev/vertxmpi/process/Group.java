package dev.vertxmpi.process;

import dev.vertxmpi.MpiProcedure;
import java.util.List;

/**
 * An ordered set of processes. Immutable, so one instance serves every rank of a JVM.
 *
 * @param members by rank
 */
public record Group(List<ProcessId> members) {

  /**
   * A group.
   *
   * @param members by rank; copied
   */
  public Group {
    members = List.copyOf(members);
  }

  /**
   * The number of members.
   *
   * @return 0 or more
   */
  @MpiProcedure("MPI_Group_size")
  public int size() {
    return members.size();
  }

  /**
   * The rank of a process.
   *
   * @param process whom to look for
   * @return its rank, -1 where it is no member ({@code MPI_UNDEFINED})
   */
  public int rankOf(ProcessId process) {
    // In the world of a job, and in most groups made of one, a process sits at the place of its rank.
    int likely = process.rank();
    return likely >= 0 && likely < members.size() && members.get(likely).equals(process)
        ? likely : members.indexOf(process);
  }

  /**
   * The process of a rank.
   *
   * @param rank 0 to size() - 1
   * @return the member
   */
  public ProcessId get(int rank) {
    return members.get(rank);
  }
}
