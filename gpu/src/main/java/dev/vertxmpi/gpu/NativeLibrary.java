package dev.vertxmpi.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.JCudaVersion;
import jcuda.LibUtils;

/**
 * Loads the native library of JCuda.
 *
 * <p>Left alone, JCuda unpacks it to a fixed name in the folder for temporary files. JVMs that start together overwrite
 * each other's file while it is mapped, which kills them, and anybody may put a file of that name there first. But it
 * takes a file that exists. So the library is unpacked here, into a folder that no other user may enter, and JCuda is
 * pointed there while it initialises. When the library is mapped, the file can go.
 */
final class NativeLibrary {

  private static final String TEMPORARY = "java.io.tmpdir";

  private final String name = LibUtils.createLibraryFileName(
      LibUtils.createPlatformLibraryName("JCudaDriver-" + JCudaVersion.get()));
  private boolean packed;

  /** The file name for this platform. */
  String name() {
    return name;
  }

  /** Whether the library was on the class or module path. */
  boolean isPacked() {
    return packed;
  }

  /**
   * Loads the library. JCuda looks in the library path of the JVM first.
   *
   * @throws LinkageError what JCuda says where it cannot
   */
  void load() throws IOException {
    Path folder = Files.createTempDirectory("vertx-mpi-jcuda");
    try {
      packed = unpack(folder.resolve(name));
      initialise(folder);
    } finally {
      Files.deleteIfExists(folder.resolve(name));
      Files.deleteIfExists(folder);
    }
  }

  /** Asks the class loader, not the class: in a module of its own, the library is hidden from JCuda's classes. */
  private boolean unpack(Path file) throws IOException {
    try (InputStream library = LibUtils.class.getClassLoader().getResourceAsStream("lib/" + name)) {
      if (library == null) {
        return false;
      }
      Files.copy(library, file);
      return true;
    }
  }

  private static void initialise(Path folder) {
    String before = System.setProperty(TEMPORARY, folder.toString());
    try {
      Class.forName("jcuda.driver.JCudaDriver");
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(e.getMessage());
    } finally {
      if (before == null) {
        System.clearProperty(TEMPORARY);
      } else {
        System.setProperty(TEMPORARY, before);
      }
    }
  }
}
