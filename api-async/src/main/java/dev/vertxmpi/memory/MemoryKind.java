package dev.vertxmpi.memory;

/**
 * Where memory lies. An open type: the host's kind is always there, others come with a module, such as
 * {@code cuda:device}.
 *
 * @param name as in the info key {@code mpi_memory_alloc_kinds}: {@code system} for the host's, {@code cuda:device}
 */
public record MemoryKind(String name) {

  /** Memory of the host. */
  public static final MemoryKind HOST = new MemoryKind("system");

  /** Memory of a CUDA device. */
  public static final MemoryKind CUDA = new MemoryKind("cuda:device");

  @Override
  public String toString() {
    return name;
  }
}
