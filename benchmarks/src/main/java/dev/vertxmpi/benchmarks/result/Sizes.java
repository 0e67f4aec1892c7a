package dev.vertxmpi.benchmarks.result;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: 8, 64K, 1M, 1MiB. */
public final class Sizes {

  private static final Pattern FORM = Pattern.compile("(\\d{1,10})\\s*([KMG]?)(I?B)?");
  private static final String UNITS = "KMG";

  private Sizes() {
  }

  /**
   * Reads a size.
   *
   * @param text a whole number, then nothing, B, K, M, G, KiB, MiB or GiB
   * @return bytes
   * @throws IllegalArgumentException where it is none
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size is a number such as 8, 64K or 1M, but not " + text);
    }
    int power = matcher.group(2).isEmpty() ? 0 : 1 + UNITS.indexOf(matcher.group(2));
    return Long.parseLong(matcher.group(1)) << (10 * power);
  }

  /**
   * Writes a size.
   *
   * @param bytes at least 0
   * @return such as 8 B, 64 KiB
   */
  public static String text(long bytes) {
    int power = 0;
    long value = bytes;
    while (power < UNITS.length() && value >= 1024 && value % 1024 == 0) {
      value /= 1024;
      power++;
    }
    return value + (power == 0 ? " B" : " " + UNITS.charAt(power - 1) + "iB");
  }
}
