package dev.vertxmpi.runtime.foreign;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Variables of a process, read with care. */
record Variables(Map<String, String> all) {

  /** Empty where it is not set or blank. */
  Optional<String> text(String name) {
    return Optional.ofNullable(all.get(name)).map(String::strip).filter(value -> !value.isEmpty());
  }

  OptionalInt number(String name) {
    Optional<String> value = text(name);
    try {
      return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value.get()));
    } catch (NumberFormatException e) {
      throw new MpiException(ErrorClass.ARG, "the variable " + name + " must be a number, but is \"" + value.get()
          + "\"", e);
    }
  }

  /** A number without which nothing goes on. */
  int needed(String name) {
    return number(name).orElseThrow(() ->
        new MpiException(ErrorClass.ARG, "the variable " + name + " must be set to a number"));
  }

  boolean has(String name) {
    return text(name).isPresent();
  }
}
