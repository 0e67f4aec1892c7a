package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Takes a message of any length into an array that grows with what really comes, so that an announced length alone
 * costs nothing.
 */
public final class Bytes implements Landing {

  private static final int FIRST = 64 << 10;

  /** The longest array that every Java platform makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] array = new byte[0];
  private int length;

  /** Nothing yet. */
  public Bytes() {
  }

  @Override
  public long capacity() {
    return MOST;
  }

  @Override
  public void write(long offset, MemorySegment part) {
    int end = Math.toIntExact(offset + part.byteSize());
    if (end > array.length) {
      // The first part is often the whole message: then the array fits.
      int grown = array.length == 0 ? end : (int) Math.min(MOST, Math.max(FIRST, 2L * array.length));
      try {
        array = Arrays.copyOf(array, Math.max(end, grown));
      } catch (OutOfMemoryError e) {
        throw new MpiException(ErrorClass.NO_MEM, "there are no " + end + " bytes left for the message", e);
      }
    }
    MemorySegment.copy(part, 0, MemorySegment.ofArray(array), offset, part.byteSize());
    length = Math.max(length, end);
  }

  /**
   * What has come.
   *
   * @return an array of the message's length
   */
  public byte[] toArray() {
    return array.length == length ? array : Arrays.copyOf(array, length);
  }
}
