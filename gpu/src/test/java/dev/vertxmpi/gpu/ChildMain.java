package dev.vertxmpi.gpu;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import java.util.ArrayList;
import java.util.List;

/** What a child JVM does: says what it finds, then allocates the sizes given and gives all back. */
final class ChildMain {

  private ChildMain() {
  }

  public static void main(String[] sizes) {
    System.out.println("state " + GpuSupport.state());
    System.out.println("cause " + GpuSupport.unavailabilityCause());
    List<Memory> all = new ArrayList<>();
    for (String size : sizes) {
      try {
        Memory memory = Memory.allocate(MemoryKind.CUDA, Long.parseLong(size));
        all.add(memory);
        System.out.println("allocated " + memory.size());
      } catch (MpiException e) {
        System.out.println("refused " + e.errorClass() + " " + e.reason());
      }
    }
    if (!all.isEmpty()) {
      use(all.getFirst());
    }
    all.forEach(Memory::close);
    all.forEach(Memory::close);
    if (!all.isEmpty()) {
      drain();
    }
    System.out.println("done");
  }

  private static void use(Memory memory) {
    try {
      memory.segment();
    } catch (MpiException e) {
      System.out.println("segment " + e.errorClass());
    }
    memory.retain();
    memory.close();
    System.out.println("retained");
    memory.release();
    try {
      memory.retain();
    } catch (MpiException e) {
      System.out.println("closed " + e.errorClass());
    }
  }

  /** What is freed is freed before anything that is allocated later. */
  private static void drain() {
    Memory.allocate(MemoryKind.CUDA, 1).close();
  }
}
