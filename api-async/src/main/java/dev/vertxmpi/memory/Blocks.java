package dev.vertxmpi.memory;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.List;

/**
 * One buffer for each rank: what the v and w variants of C's collectives describe with arrays.
 *
 * <pre>
 *   even      | rank 0 | rank 1 | rank 2 |           blocks of one length, one after another
 *   counted   | 0 |..| rank 1      |.| 2 |           counts and displacements
 *   listed    any buffers, each with its own memory and datatype
 * </pre>
 */
public sealed interface Blocks {

  /**
   * Blocks of one length, one after another.
   *
   * @param all the elements of all blocks
   * @param each elements in a block
   * @return the blocks
   */
  static Blocks even(MessageBuffer all, long each) {
    return new Even(all, each);
  }

  /**
   * Blocks of any length anywhere in one buffer.
   *
   * @param all the elements of all blocks
   * @param counts elements in each block, by rank
   * @param displacements first element of each block, by rank
   * @return the blocks
   */
  static Blocks counted(MessageBuffer all, long[] counts, long[] displacements) {
    return new Counted(all, counts.clone(), displacements.clone());
  }

  /**
   * Buffers of any sort.
   *
   * @param buffers by rank
   * @return the blocks
   */
  static Blocks listed(List<MessageBuffer> buffers) {
    return new Listed(List.copyOf(buffers));
  }

  /**
   * No blocks: for ranks whose blocks do not count.
   *
   * @return blocks for a group of none
   */
  static Blocks none() {
    return new Listed(List.of());
  }

  /**
   * The block of a rank.
   *
   * @param rank 0 to size - 1
   * @return its buffer
   * @throws MpiException {@link ErrorClass#COUNT} where there is none for the rank, or it leaves the whole buffer
   */
  MessageBuffer of(int rank);

  /**
   * Blocks of one length.
   *
   * @param all the elements of all blocks
   * @param each elements in a block
   */
  record Even(MessageBuffer all, long each) implements Blocks {
    @Override
    public MessageBuffer of(int rank) {
      return all.slice(Math.multiplyExact(rank, each), each);
    }
  }

  /**
   * Blocks with counts and displacements.
   *
   * @param all the elements of all blocks
   * @param counts elements in each block, by rank
   * @param displacements first element of each block, by rank
   */
  record Counted(MessageBuffer all, long[] counts, long[] displacements) implements Blocks {
    @Override
    public MessageBuffer of(int rank) {
      if (rank >= counts.length || rank >= displacements.length) {
        throw new MpiException(ErrorClass.COUNT, "counts and displacements need an entry for rank " + rank);
      }
      return all.slice(displacements[rank], counts[rank]);
    }
  }

  /**
   * Separate buffers.
   *
   * @param buffers by rank
   */
  record Listed(List<MessageBuffer> buffers) implements Blocks {
    @Override
    public MessageBuffer of(int rank) {
      if (rank >= buffers.size()) {
        throw new MpiException(ErrorClass.COUNT, "there is no block for rank " + rank);
      }
      return buffers.get(rank);
    }
  }
}
