package dev.vertxmpi.process;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.Arrays;
import java.util.OptionalInt;

/** Reads the info key {@code soft}: triplets {@code first[:last[:stride]]} with commas. */
final class SoftCount {

  private SoftCount() {
  }

  /** The largest number from 1 to {@code most} that the triplets hold. */
  static OptionalInt largest(String triplets, int most) {
    return Arrays.stream(triplets.split(",", -1)).map(triplet -> ofTriplet(triplet.strip(), most))
        .flatMapToInt(OptionalInt::stream).max();
  }

  private static OptionalInt ofTriplet(String triplet, int most) {
    String[] parts = triplet.split(":", -1);
    if (parts.length > 3) {
      throw malformed(triplet);
    }
    int first = number(parts[0], triplet);
    int last = parts.length > 1 ? number(parts[1], triplet) : first;
    int stride = parts.length > 2 ? number(parts[2], triplet) : 1;
    if (stride == 0) {
      throw malformed(triplet);
    }
    long steps = ((long) last - first) / stride;
    if (steps < 0) {
      return OptionalInt.empty();
    }
    // Where the numbers rise, look from the end; where they fall, from the beginning: the first that fits is largest.
    long top = stride > 0 ? first + steps * stride : first;
    long size = Math.abs((long) stride);
    long over = Math.max(0, top - most);
    long fits = top - (over + size - 1) / size * size;
    long bottom = stride > 0 ? first : first + steps * stride;
    return fits >= bottom && fits >= 1 ? OptionalInt.of((int) fits) : OptionalInt.empty();
  }

  private static int number(String text, String triplet) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw malformed(triplet);
    }
  }

  private static MpiException malformed(String triplet) {
    return new MpiException(ErrorClass.INFO_VALUE, "soft must hold numbers as first, first:last or first:last:stride "
        + "with commas between, but holds '" + triplet + "'");
  }
}
