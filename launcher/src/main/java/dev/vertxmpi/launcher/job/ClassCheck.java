package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.LauncherException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out before any process is started that its main class is not there, so that this is said once. */
final class ClassCheck {

  private ClassCheck() {
  }

  static void check(JobSpec spec) throws IOException {
    for (JobSpec program : spec.programs()) {
      if (program.getCommand().isEmpty()) {
        checkProgram(program);
      }
    }
  }

  private static void checkProgram(JobSpec spec) throws IOException {
    List<URL> places = new ArrayList<>();
    for (String entry : spec.getClassPath().split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        addTo(places, entry);
      }
    }
    try (URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new), ClassCheck.class.getClassLoader())) {
      if (loader.getResource(spec.getMainClass().replace('.', '/') + ".class") == null) {
        throw new LauncherException("there is no class " + spec.getMainClass() + " on the class path"
            + (spec.getClassPath().isEmpty() ? ": add its folder or jar with --class-path" : " "
            + spec.getClassPath()));
      }
    }
  }

  private static void addTo(List<URL> places, String entry) throws MalformedURLException {
    boolean wildcard = entry.equals("*") || entry.endsWith(File.separator + "*");
    Path path = Path.of(wildcard ? entry.substring(0, entry.length() - 1) : entry).toAbsolutePath();
    if (!Files.exists(path)) {
      throw new LauncherException("the class path names " + path + ", which does not exist");
    }
    File[] jars = wildcard ? path.toFile().listFiles((folder, name) -> name.endsWith(".jar")) : null;
    if (jars == null) {
      places.add(path.toUri().toURL());
      return;
    }
    for (File jar : jars) {
      places.add(jar.toURI().toURL());
    }
  }
}
