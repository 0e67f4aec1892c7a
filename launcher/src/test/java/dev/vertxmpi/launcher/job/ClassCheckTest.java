package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCheckTest {

  @TempDir
  private Path folder;

  private void writeJar() throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve("app.jar")))) {
      jar.putNextEntry(new JarEntry("com/acme/Main.class"));
    }
  }

  private static JobSpec spec(String main, String classPath) {
    return new JobSpec(main).setClassPath(classPath);
  }

  @Test
  void shouldFindClassesInFoldersJarsAndOurOwnClassPath() throws IOException {
    writeJar();
    Files.createDirectories(folder.resolve("classes/com/acme"));
    Files.createFile(folder.resolve("classes/com/acme/Other.class"));
    String classPath = folder.resolve("classes") + File.pathSeparator + folder + File.separator + "*";
    assertDoesNotThrow(() -> ClassCheck.check(spec("com.acme.Main", folder.resolve("app.jar").toString())));
    assertDoesNotThrow(() -> ClassCheck.check(spec("com.acme.Main", classPath)));
    assertDoesNotThrow(() -> ClassCheck.check(spec("com.acme.Other", classPath)));
    assertDoesNotThrow(() -> ClassCheck.check(new JobSpec(ClassCheckTest.class.getName())));
  }

  @Test
  void shouldNameAClassThatIsNotThere() {
    assertEquals("there is no class com.acme.Main on the class path: add its folder or jar with --class-path",
        assertThrows(LauncherException.class, () -> ClassCheck.check(new JobSpec("com.acme.Main"))).getMessage());
  }

  @Test
  void shouldNameAPartOfTheClassPathThatIsNotThere() {
    assertTrue(assertThrows(LauncherException.class,
        () -> ClassCheck.check(spec("com.acme.Main", folder.resolve("none.jar").toString()))).getMessage()
        .endsWith("none.jar, which does not exist"));
  }
}
