package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.ByteRuns;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileView;
import java.util.Arrays;

/** Checks that a view follows the rules of MPI. Looks at every run of the filetype, so it belongs on a worker. */
final class ViewCheck {

  private final FileView view;
  private final boolean writable;
  /** Begin and end of the run before. */
  private long lastStart = Long.MIN_VALUE;
  private long lastEnd = Long.MIN_VALUE;
  private boolean overlaps;

  private ViewCheck(FileView view, boolean writable) {
    this.view = view;
    this.writable = writable;
  }

  /**
   * Checks a view.
   *
   * @return whether the view ascends through the file and shows no byte twice
   */
  static boolean check(FileView view, boolean writable) {
    return new ViewCheck(view, writable).run();
  }

  private boolean run() {
    Datatype etype = view.etype();
    Datatype filetype = view.filetype();
    require(view.displacement() >= 0, "the displacement must not be negative, but is " + view.displacement());
    require(etype.size() > 0, "the etype has no data, so it counts nothing");
    require(filetype.size() % etype.size() == 0, "the filetype is not built of etypes: its size is "
        + filetype.size() + ", that of the etype " + etype.size());
    if (filetype.size() == 0) {
      return true;
    }
    require(filetype.trueLowerBound() >= 0, "displacements in the filetype must not be negative, but the lowest is "
        + filetype.trueLowerBound());
    require(filetype.extent() >= 0, "the extent of the filetype must not be negative, but is " + filetype.extent());
    ByteRuns.forEach(filetype, 0, 0, filetype.size(), (offset, packed, length) -> see(offset, length));
    checkBuiltOf(etype, filetype);
    boolean interleaved = filetype.extent() < filetype.trueExtent();
    if (writable) {
      require(!overlaps && !(interleaved && repetitionOverlaps(filetype)),
          "the filetype overlaps itself, but the file is open for writing");
    }
    return !overlaps && !interleaved;
  }

  private void see(long offset, long length) {
    require(offset >= lastStart, "displacements in the filetype must not decrease, but " + offset + " follows "
        + lastStart);
    overlaps |= offset < lastEnd;
    lastStart = offset;
    lastEnd = Math.max(lastEnd, offset + length);
  }

  private static void checkBuiltOf(Datatype etype, Datatype filetype) {
    if (etype.trueExtent() == etype.size()) {
      ByteRuns.forEach(filetype, 0, 0, filetype.size(), (offset, packed, length) ->
          require(length % etype.size() == 0, "the filetype is not built of etypes: a run of " + length
              + " bytes holds no whole number of etypes of " + etype.size()));
      return;
    }
    RunCursor file = new RunCursor(FileView.of(Datatype.BYTE, filetype), 0, filetype.size());
    while (file.hasRun()) {
      long origin = file.offset() - firstOffset(etype);
      ByteRuns.forEach(etype, origin, 0, etype.size(), (offset, packed, length) -> take(file, offset, length));
    }
  }

  /** The filetype must go on with these bytes. */
  private static void take(RunCursor file, long offset, long length) {
    long done = 0;
    while (done < length) {
      require(file.hasRun() && file.offset() == offset + done,
          "the filetype is not built of etypes: it has no " + length + " bytes at " + offset);
      long part = Math.min(length - done, file.length());
      file.consume(part);
      done += part;
    }
  }

  private static long firstOffset(Datatype type) {
    RunCursor cursor = new RunCursor(FileView.of(Datatype.BYTE, type), 0, 1);
    return cursor.hasRun() ? cursor.offset() : 0;
  }

  /** Two bytes meet in some repetition where they are a multiple of the extent apart. */
  private static boolean repetitionOverlaps(Datatype filetype) {
    long extent = filetype.extent();
    if (filetype.size() > extent) {
      return true;
    }
    Ranges folded = new Ranges();
    ByteRuns.forEach(filetype, 0, 0, filetype.size(), (offset, packed, length) -> {
      long start = offset % extent;
      long head = Math.min(length, extent - start);
      folded.add(start, head);
      if (length > head) {
        folded.add(0, length - head);
      }
    });
    Integer[] order = new Integer[folded.count()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(folded.from(a), folded.from(b)));
    for (int i = 1; i < order.length; i++) {
      if (folded.from(order[i - 1]) + folded.length(order[i - 1]) > folded.from(order[i])) {
        return true;
      }
    }
    return false;
  }

  private static void require(boolean rule, String otherwise) {
    if (!rule) {
      throw new MpiException(ErrorClass.ARG, otherwise);
    }
  }
}
