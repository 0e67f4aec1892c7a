package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.launcher.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Reads the main class of a jar. */
final class JarMain {

  private JarMain() {
  }

  static String of(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new LauncherException("there is no file " + jar);
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String main = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      if (main == null) {
        throw new LauncherException("the manifest of " + jar + " names no Main-Class");
      }
      return main.strip();
    } catch (IOException e) {
      throw new LauncherException("the jar " + jar + " cannot be read: " + e.getMessage(), 1, e);
    }
  }
}
