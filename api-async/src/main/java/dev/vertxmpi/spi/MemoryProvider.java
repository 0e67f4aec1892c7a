package dev.vertxmpi.spi;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.util.Optional;

/** A kind of memory besides the host's. */
public interface MemoryProvider {

  /**
   * The provider of a kind.
   *
   * @param kind not the host's
   * @return the provider
   * @throws MpiException {@link ErrorClass#NO_MEM} where no module provides the kind
   */
  static MemoryProvider of(MemoryKind kind) {
    return find(kind).orElseThrow(() -> new MpiException(ErrorClass.NO_MEM, "no module on the class or module path"
        + " provides memory of kind " + kind));
  }

  /**
   * The provider of a kind, if there is one. One of the host's kind allocates memory that other processes can map.
   *
   * @param kind any
   * @return empty where no module provides it
   */
  static Optional<MemoryProvider> find(MemoryKind kind) {
    return Providers.all(MemoryProvider.class).stream().filter(provider -> provider.kind().equals(kind)).findFirst();
  }

  /**
   * The kind.
   *
   * @return that of all its memory
   */
  MemoryKind kind();

  /**
   * Allocates memory, filled with zeros. May block.
   *
   * @param bytes at least 0
   * @return memory that the caller closes
   * @throws MpiException {@link ErrorClass#NO_MEM} where there is none, saying why in one sentence
   */
  Memory allocate(long bytes);
}
