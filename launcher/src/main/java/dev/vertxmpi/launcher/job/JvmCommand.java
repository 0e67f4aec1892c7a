package dev.vertxmpi.launcher.job;

import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.RankMain;
import dev.vertxmpi.launcher.cache.StartCache;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a rank. */
public final class JvmCommand {

  /** What lets Vert.x, Hazelcast and JCuda start without a warning. {@code bin/vertx-mpi} has the same list. */
  public static final List<String> SILENT_START = List.of(
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      "--add-modules=java.se",
      "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
      "--add-opens=java.management/sun.management=ALL-UNNAMED",
      "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  private JvmCommand() {
  }

  /** The command; the rank stands in it so that {@code ps} and {@code jps -v} show who is who. */
  static List<String> of(JobSpec spec, int rank) {
    List<String> command = new ArrayList<>(spec.getCommand());
    if (!command.isEmpty()) {
      command.addAll(spec.getArguments());
      return command;
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SILENT_START);
    // The launcher reads what ranks print as UTF-8.
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("-Dvertx-mpi.rank=" + rank);
    command.addAll(StartCache.options(spec));
    command.addAll(spec.getJvmOptions());
    command.add("-cp");
    command.add(classPath(spec));
    command.add(RankMain.class.getName());
    command.add(spec.getMainClass());
    command.addAll(spec.getArguments());
    return command;
  }

  /** The class path of the ranks: that of the user, then that of this JVM. */
  static String classPath(JobSpec spec) {
    String own = System.getProperty("java.class.path");
    return spec.getClassPath().isEmpty() ? own : spec.getClassPath() + File.pathSeparator + own;
  }
}
