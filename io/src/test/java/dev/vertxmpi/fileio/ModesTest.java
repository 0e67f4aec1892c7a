package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.io.FileMode;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModesTest {

  private static Modes modes(FileMode... set) {
    return new Modes(Set.of(set));
  }

  @Test
  void shouldTakeOneWayOfAccess() {
    modes(FileMode.RDONLY).check();
    modes(FileMode.WRONLY, FileMode.CREATE, FileMode.EXCL).check();
    modes(FileMode.RDWR, FileMode.CREATE, FileMode.APPEND, FileMode.DELETE_ON_CLOSE, FileMode.UNIQUE_OPEN).check();
  }

  @Test
  void shouldRefuseContradictions() {
    for (Modes modes : new Modes[] {modes(), modes(FileMode.CREATE), modes(FileMode.RDONLY, FileMode.RDWR),
        modes(FileMode.RDWR, FileMode.WRONLY), modes(FileMode.RDONLY, FileMode.CREATE),
        modes(FileMode.RDONLY, FileMode.EXCL)}) {
      MpiException failure = assertThrows(MpiException.class, modes::check, modes.toString());
      assertEquals(ErrorClass.AMODE, failure.errorClass());
      assertTrue(failure.reason().contains(modes.toString()), failure.reason());
    }
  }

  @Test
  void shouldKnowWhatIsAllowed() {
    assertFalse(modes(FileMode.RDONLY).writable());
    assertFalse(modes(FileMode.WRONLY).readable());
    assertTrue(modes(FileMode.RDWR).writable() && modes(FileMode.RDWR).readable());
  }

  @Test
  void shouldNeverShortenAFile() {
    assertEquals(Set.of(StandardOpenOption.READ), modes(FileMode.RDONLY).openOptions());
    assertEquals(Set.of(StandardOpenOption.WRITE), modes(FileMode.WRONLY, FileMode.CREATE).openOptions());
    assertEquals(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE), modes(FileMode.RDWR).openOptions());
  }

  @Test
  void shouldGiveDifferentModesDifferentMasks() {
    assertEquals(modes(FileMode.RDWR, FileMode.CREATE).mask(), modes(FileMode.CREATE, FileMode.RDWR).mask());
    assertTrue(modes(FileMode.RDWR).mask() != modes(FileMode.WRONLY).mask());
  }
}
