package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobFilesTest {

  @Test
  void shouldKeepTheKeyForItsOwner() throws IOException {
    try (JobFiles files = JobFiles.create(UUID.randomUUID())) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));
      assertEquals("rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key().getParent())));
      assertTrue(Files.readString(files.key()).matches("[0-9a-f]{64}"));
    }
  }

  @Test
  void shouldMakeAnotherKeyForEachJob() throws IOException {
    try (JobFiles one = JobFiles.create(UUID.randomUUID()); JobFiles other = JobFiles.create(UUID.randomUUID())) {
      assertFalse(Files.readString(one.key()).equals(Files.readString(other.key())));
    }
  }

  @Test
  void shouldRemoveTheSecretsBeforeTheRest() throws IOException {
    Path folder;
    try (JobFiles files = JobFiles.create(UUID.randomUUID())) {
      folder = files.key().getParent();
      files.keepParent(VariablesTest.PORT);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.parent())));
      assertEquals(VariablesTest.PORT.name(), Files.readString(files.parent()));
      files.removeSecrets();
      assertFalse(Files.exists(files.key()));
      assertFalse(Files.exists(files.parent()));
      assertTrue(Files.exists(files.lifeline()));
    }
    assertFalse(Files.exists(folder));
  }
}
