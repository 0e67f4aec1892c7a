package dev.vertxmpi.launcher.cache;

import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Makes a file of {@link StartCache}: runs a job of two ranks, of which the first is watched by its JVM. */
public final class CacheMaker {

  /** Each file has 30 to 60 MB. */
  private static final int KEPT = 8;

  private static final int LIMIT_MINUTES = 5;

  private CacheMaker() {
  }

  /**
   * Makes it, and removes those that were not used for longest.
   *
   * @param args the file, the class path of the user, options of the user for the JVM
   * @throws Exception where it cannot be made; then nothing is left but the mark that somebody has tried
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    Path made = file.resolveSibling(file.getFileName() + ".new");
    try {
      run(made, args[1], Arrays.asList(args).subList(2, args.length));
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(StartCache.making(file));
      prune(file.getParent());
    } finally {
      Files.deleteIfExists(made);
      Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".config"));
    }
    System.exit(0);
  }

  private static void run(Path made, String classPath, List<String> options)
      throws InterruptedException, ExecutionException {
    List<String> watched = new ArrayList<>(options);
    watched.add("-XX:AOTCacheOutput=" + made);
    Job job = JobLauncher.start(program(classPath, watched).addProgram(program(classPath, options)));
    try {
      job.exit().toCompletionStage().toCompletableFuture().get(LIMIT_MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      job.signal(15);
      job.signal(15);
    }
  }

  private static JobSpec program(String classPath, List<String> options) {
    return new JobSpec(WarmUp.class.getName()).setClassPath(classPath).setJvmOptions(options);
  }

  private static void prune(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(path -> path.toString().endsWith(".aot"))
          .sorted(Comparator.comparing(CacheMaker::age).reversed()).toList();
    }
    for (Path old : files.subList(Math.min(files.size(), KEPT), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static FileTime age(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
