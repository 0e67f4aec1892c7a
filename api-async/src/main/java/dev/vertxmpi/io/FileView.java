package dev.vertxmpi.io;

import dev.vertxmpi.datatype.Datatype;

/**
 * Which bytes of a file a rank sees, and in which order.
 *
 * <pre>
 *   file   |displacement|filetype              |filetype              | ...
 *                       |etype|....|etype|.....|etype|....|etype|.....|
 *   view                 0          1           2          3            offsets count etypes
 * </pre>
 *
 * @param displacement first byte of the view in the file
 * @param etype what offsets and pointers count
 * @param filetype repeated from the displacement on; built of etypes, displacements in it not negative and not
 *     decreasing
 */
public record FileView(long displacement, Datatype etype, Datatype filetype) {

  /** What a file has at first: a row of bytes. */
  public static final FileView BYTES = new FileView(0, Datatype.BYTE, Datatype.BYTE);

  /**
   * A view of the whole file in etypes.
   *
   * @param etype what offsets count
   * @return the view
   */
  public static FileView of(Datatype etype) {
    return new FileView(0, etype, etype);
  }

  /**
   * A view through a filetype.
   *
   * @param etype what offsets count
   * @param filetype repeated from the beginning of the file on
   * @return the view
   */
  public static FileView of(Datatype etype, Datatype filetype) {
    return new FileView(0, etype, filetype);
  }

  /**
   * The same view at another place.
   *
   * @param bytes where it begins in the file
   * @return a copy
   */
  public FileView from(long bytes) {
    return new FileView(bytes, etype, filetype);
  }
}
