package dev.vertxmpi.names;

/** How the name-service keys spell booleans. */
final class InfoBoolean {

  private InfoBoolean() {
  }

  /**
   * Reads a value: an integer is true unless zero; {@code yes} and {@code true}, in any case, are true; all else is
   * false.
   */
  static boolean parse(String value) {
    String text = value.strip();
    if (text.matches("[+-]?\\d+")) {
      return !text.matches("[+-]?0+");
    }
    return text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("true");
  }
}
