package dev.vertxmpi.datatype;

/**
 * A regular part of a datatype: blocks of one length at regular distances.
 *
 * <pre>
 *   offset                             blockLength = 3, count = 3
 *   v
 *   |p|p|p|. . .|p|p|p|. . .|p|p|p|    p: one primitive
 *   |&lt;--stride-&gt;|&lt;--stride-&gt;|
 * </pre>
 *
 * <p>In packed form the blocks follow one another without gaps.
 *
 * @param offset of the first block from the origin of the datatype, in bytes; may be negative
 * @param primitive what the blocks consist of
 * @param blockLength primitives in a block, at least 1
 * @param count number of blocks, at least 1
 * @param stride from the start of a block to the start of the next, in bytes; may be negative; 0 where there is one
 *     block only
 */
public record Run(long offset, Primitive primitive, long blockLength, long count, long stride) {

  /**
   * The length of a block.
   *
   * @return bytes
   */
  public long blockBytes() {
    return blockLength * primitive.size();
  }

  /**
   * The length of all blocks without the gaps between them.
   *
   * @return bytes
   */
  public long bytes() {
    return count * blockBytes();
  }
}
