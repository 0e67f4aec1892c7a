package dev.vertxmpi.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.gpu.GpuSupport.State;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.spi.MemoryProvider;
import org.junit.jupiter.api.Test;

class GpuSupportTest {

  @Test
  void shouldBeFoundByItsKind() {
    assertEquals(CudaMemoryProvider.class, MemoryProvider.of(MemoryKind.CUDA).getClass());
  }

  @Test
  void shouldGiveOneAnswer() {
    State state = GpuSupport.state();
    assertEquals(state, GpuSupport.state());
    assertEquals(state == State.READY, GpuSupport.available());
    assertEquals(state == State.READY, GpuSupport.unavailabilityCause().isEmpty());
  }

  @Test
  void shouldSayInOneSentenceWhyThereIsNoMemory() {
    assumeFalse(GpuSupport.available(), "there is a device here");
    MpiException failure = assertThrows(MpiException.class, () -> Memory.allocate(MemoryKind.CUDA, 16));
    assertEquals(ErrorClass.NO_MEM, failure.errorClass());
    assertTrue(failure.reason().endsWith(GpuSupport.unavailabilityCause()), failure.reason());
    assertFalse(failure.reason().contains("\n"), failure.reason());
    assertTrue(failure.reason().length() < 300, failure.reason());
  }

  @Test
  void shouldNameTheMissingDriver() {
    assumeFalse(GpuSupport.state() != State.NO_DRIVER, "there is a driver here");
    assertTrue(GpuSupport.unavailabilityCause().startsWith("the NVIDIA driver is not installed: libcuda.so.1"),
        GpuSupport.unavailabilityCause());
  }
}
