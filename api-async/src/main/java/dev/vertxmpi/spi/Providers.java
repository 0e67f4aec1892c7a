package dev.vertxmpi.spi;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.List;
import java.util.ServiceLoader;

/** Finds what other modules provide, on the class path and on the module path. */
final class Providers {

  private Providers() {
  }

  static <S> List<S> all(Class<S> service) {
    return ServiceLoader.load(service, Providers.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get).toList();
  }

  static <S> S only(Class<S> service, String artifact) {
    List<S> found = all(service);
    if (found.isEmpty()) {
      throw new MpiException(ErrorClass.UNSUPPORTED_OPERATION,
          "nothing provides " + service.getSimpleName() + ": add " + artifact + " to the class or module path");
    }
    return found.getFirst();
  }
}
