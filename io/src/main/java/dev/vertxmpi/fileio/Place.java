package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileView;

/** View and file pointer of one rank. Any thread may ask, and an access takes its part at the call. */
final class Place {

  private FileView view = FileView.BYTES;
  private boolean ascending = true;
  private long pointer;

  Place(long pointer) {
    this.pointer = pointer;
  }

  synchronized FileView view() {
    return view;
  }

  synchronized long pointer() {
    return pointer;
  }

  synchronized void seek(long offset) {
    if (offset < 0) {
      throw new MpiException(ErrorClass.ARG, "offset must not be negative, but is " + offset);
    }
    pointer = offset;
  }

  /** A checked view; the pointer goes to its beginning. */
  synchronized void set(FileView checked, boolean ascends) {
    view = checked;
    ascending = ascends;
    pointer = 0;
  }

  /**
   * The part of the view that an access is about.
   *
   * @throws MpiException where the view or the offset does not allow it; the pointer stays
   */
  synchronized Part take(Transfer transfer) {
    long bytes = transfer.buffer().bytes();
    long unit = view.etype().size();
    long offset = transfer.individual() ? pointer : transfer.offset();
    if (offset < 0) {
      throw new MpiException(ErrorClass.ARG, "offset must not be negative, but is " + offset);
    }
    if (bytes % unit != 0) {
      throw new MpiException(ErrorClass.IO, "the buffer holds " + bytes + " bytes, which is no whole number of etypes "
          + "of " + unit);
    }
    boolean blind = view.filetype().size() == 0;
    if (blind && bytes > 0 && transfer.writing()) {
      throw new MpiException(ErrorClass.ARG, "the filetype of the view has no data, so nothing can be written");
    }
    try {
      long from = Math.multiplyExact(offset, unit);
      Math.addExact(from, bytes);
      if (transfer.individual()) {
        pointer = offset + bytes / unit;
      }
      return new Part(view, ascending, from, blind ? 0 : bytes);
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.ARG, "offset " + offset + " lies beyond 2^63 bytes", e);
    }
  }
}
