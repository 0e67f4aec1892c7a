package dev.vertxmpi.spi;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;

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
    return Providers.all(MemoryProvider.class).stream().filter(provider -> provider.kind().equals(kind)).findFirst()
        .orElseThrow(() -> new MpiException(ErrorClass.NO_MEM, "no module on the class or module path provides "
            + "memory of kind " + kind));
  }

  /**
   * The kind.
   *
   * @return not the host's
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
