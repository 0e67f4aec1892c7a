package dev.vertxmpi.runtime.link.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMemoryTest {

  private static final NodeId PEER = NodeId.random();

  private final Vertx vertx = Vertx.vertx();
  private ShmDirectory directory;

  @BeforeEach
  void open() throws IOException {
    directory = ShmDirectory.create(ShmDirectory.base());
  }

  @AfterEach
  void close() {
    directory.close();
    vertx.close().await();
  }

  private ShmPlace place() {
    return new ShmPlace(directory.path());
  }

  private static String region(Memory memory) {
    return memory.region().orElseThrow().name();
  }

  @Test
  void shouldLieInAFileThatGoesWithTheMemory() {
    Memory memory = Memory.allocate(MemoryKind.HOST, 1 << 20);
    Path file = place().region(region(memory));

    assertTrue(Files.exists(file));
    memory.retain();
    memory.close();
    assertTrue(Files.exists(file));
    memory.release();
    assertFalse(Files.exists(file));
    assertEquals(ErrorClass.BUFFER, assertThrows(MpiException.class, memory::retain).errorClass());
  }

  @Test
  void shouldKeepShortMemoryToItself() {
    try (Memory memory = Memory.allocate(MemoryKind.HOST, 4096)) {
      assertTrue(memory.region().isEmpty());
    }
  }

  @Test
  void shouldShowAPeerWhatTheOwnerWritesAndLetItWriteNothing() {
    MappedRegions regions = new MappedRegions(new BlockingWork(vertx), directory.path());
    try (Memory memory = Memory.allocate(MemoryKind.HOST, 1 << 20)) {
      MemorySegment mapped = regions.map(PEER, region(memory), this::place).await();
      memory.segment().set(ValueLayout.JAVA_LONG, 4096, 42);

      assertEquals(42, mapped.get(ValueLayout.JAVA_LONG, 4096));
      assertEquals(1 << 20, mapped.byteSize());
      assertTrue(mapped.isReadOnly());
      assertEquals(mapped, regions.map(PEER, region(memory), this::place).await());
    }
  }

  @Test
  void shouldFailWhereTheMemoryIsFreed() {
    MappedRegions regions = new MappedRegions(new BlockingWork(vertx), directory.path());
    Memory memory = Memory.allocate(MemoryKind.HOST, 1 << 20);
    memory.close();

    assertThrows(Exception.class, () -> regions.map(PEER, region(memory), this::place).await());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "1-abcd", "1-abcd/", "../x", "1-abcd/../../etc/passwd", "1-ABCD/7", "1-abcd/7/8",
      "/etc/passwd", "1-abcd/-1", "1-abcd/12345678901234567890"})
  void shouldRefuseNamesThatAreNoRegions(String name) {
    MappedRegions regions = new MappedRegions(new BlockingWork(vertx), directory.path());

    MpiException refused = assertThrows(MpiException.class, () -> regions.map(PEER, name, this::place).await());

    assertEquals(ErrorClass.ARG, refused.errorClass());
  }
}
