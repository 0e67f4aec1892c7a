package dev.vertxmpi.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class HostMemoryTest {

  @Test
  void shouldBeZeroAndAligned() {
    try (Memory memory = Memory.allocate(MemoryKind.HOST, 1000)) {
      assertEquals(MemoryKind.HOST, memory.kind());
      assertEquals(1000, memory.size());
      assertEquals(1000, memory.segment().byteSize());
      assertEquals(0, memory.segment().address() % 64);
      assertEquals(-1, memory.segment().mismatch(MemorySegment.ofArray(new byte[1000])));
    }
  }

  @Test
  void shouldAllocateNothing() {
    try (Memory memory = Memory.allocate(MemoryKind.HOST, 0)) {
      assertEquals(0, memory.segment().byteSize());
    }
  }

  @Test
  void shouldRefuseSizesThatCannotBe() {
    assertFails(ErrorClass.SIZE, () -> Memory.allocate(MemoryKind.HOST, -1));
    assertFails(ErrorClass.NO_MEM, () -> Memory.allocate(MemoryKind.HOST, Long.MAX_VALUE));
  }

  @Test
  void shouldSayThatNobodyProvidesAKind() {
    MpiException failure = assertThrows(MpiException.class, () -> Memory.allocate(new MemoryKind("tape"), 8));
    assertEquals(ErrorClass.NO_MEM, failure.errorClass());
    assertTrue(failure.reason().contains("tape"), failure.reason());
  }

  @Test
  void shouldRefuseAConfinedArena() {
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment segment = confined.allocate(8);
      MpiException failure = assertThrows(MpiException.class, () -> Memory.of(segment));
      assertEquals(ErrorClass.BUFFER, failure.errorClass());
      assertTrue(failure.reason().contains("Arena.ofShared()"), failure.reason());
    }
  }

  @Test
  void shouldRefuseAConfinedArenaOfAnotherThread() throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Arena confined = other.submit(Arena::ofConfined).get();
      MemorySegment segment = other.submit(() -> confined.allocate(8)).get();
      assertFails(ErrorClass.BUFFER, () -> Memory.of(segment));
      other.submit(confined::close).get();
    }
  }

  @Test
  void shouldRefuseAClosedArena() {
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(8);
    arena.close();
    assertFails(ErrorClass.BUFFER, () -> Memory.of(segment));
  }

  @Test
  void shouldNoticeThatAWrappedArenaCloses() {
    Arena arena = Arena.ofShared();
    Memory memory = Memory.of(arena.allocate(8));
    memory.retain();
    memory.release();
    arena.close();
    assertFails(ErrorClass.BUFFER, memory::segment);
    assertFails(ErrorClass.BUFFER, memory::retain);
  }

  @Test
  void shouldLeaveWrappedMemoryToItsOwner() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(8);
      Memory.of(segment).close();
      assertDoesNotThrow(() -> segment.set(ValueLayout.JAVA_INT, 0, 1));
    }
    assertTrue(Memory.of(MemorySegment.ofArray(new int[2])).region().isEmpty());
  }

  @Test
  void shouldStayWhileAnOperationHoldsIt() {
    Memory memory = Memory.allocate(MemoryKind.HOST, 64);
    MemorySegment segment = memory.segment();
    memory.retain();
    memory.close();
    memory.close();
    assertTrue(segment.scope().isAlive());
    memory.segment().set(ValueLayout.JAVA_LONG, 0, 42);

    memory.release();

    assertFalse(segment.scope().isAlive());
    assertFails(ErrorClass.BUFFER, memory::segment);
    assertFails(ErrorClass.BUFFER, memory::retain);
    memory.close();
  }

  @Test
  void shouldBeFreedOnceHoweverManyCloseIt() throws Exception {
    int threads = 4;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 200; round++) {
        Memory memory = Memory.allocate(MemoryKind.HOST, 64);
        MemorySegment segment = memory.segment();
        memory.retain();
        CountDownLatch start = new CountDownLatch(threads);
        Future<?>[] closers = new Future<?>[threads];
        for (int i = 0; i < threads; i++) {
          closers[i] = pool.submit(() -> {
            start.countDown();
            start.await();
            memory.close();
            return null;
          });
        }
        for (Future<?> closer : closers) {
          closer.get();
        }
        assertTrue(segment.scope().isAlive());
        memory.release();
        assertFalse(segment.scope().isAlive());
      }
    }
  }

  private static void assertFails(ErrorClass errorClass, Executable call) {
    assertEquals(errorClass, assertThrows(MpiException.class, call).errorClass());
  }
}
