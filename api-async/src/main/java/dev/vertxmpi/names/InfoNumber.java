package dev.vertxmpi.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.time.Duration;

/** Numbers as values of info keys. */
final class InfoNumber {

  private InfoNumber() {
  }

  static int integer(String key, String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new MpiException(ErrorClass.INFO_VALUE, key + " must be a number, but is '" + value + "'", e);
    }
  }

  static Duration seconds(String key, String value) {
    try {
      return Duration.ofSeconds(Long.parseLong(value.strip()));
    } catch (NumberFormatException e) {
      throw new MpiException(ErrorClass.INFO_VALUE, key + " must be whole seconds, but is '" + value + "'", e);
    }
  }
}
