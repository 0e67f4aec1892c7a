package dev.vertxmpi.fileio;

import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.io.FileView;
import java.util.Random;

/** Views with random gaps, and a model of them that shares no code with the library. */
final class RandomViews {

  private RandomViews() {
  }

  /** An ascending view of bytes. */
  static FileView next(Random random, int longest) {
    int blocks = 1 + random.nextInt(8);
    long[] lengths = new long[blocks];
    long[] displacements = new long[blocks];
    long place = random.nextInt(longest);
    for (int i = 0; i < blocks; i++) {
      lengths[i] = 1L + random.nextInt(longest);
      displacements[i] = place;
      place += lengths[i] + random.nextInt(longest);
    }
    Datatype type = Datatype.hindexed(lengths, displacements, Datatype.BYTE);
    Datatype spaced = Datatype.resized(type, 0, place + random.nextInt(longest));
    return new FileView(random.nextInt(longest), Datatype.BYTE, spaced);
  }

  /** Where the first bytes of a view lie in the file. */
  static long[] places(FileView view, int bytes) {
    long[] places = new long[bytes];
    int count = 0;
    for (long element = 0; count < bytes; element++) {
      for (var run : view.filetype().runs()) {
        for (long block = 0; block < run.count(); block++) {
          for (long i = 0; i < run.blockBytes() && count < bytes; i++) {
            places[count++] = view.displacement() + element * view.filetype().extent() + run.offset()
                + block * run.stride() + i;
          }
        }
      }
    }
    return places;
  }
}
