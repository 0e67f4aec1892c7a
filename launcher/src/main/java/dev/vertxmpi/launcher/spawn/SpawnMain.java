package dev.vertxmpi.launcher.spawn;

import dev.vertxmpi.launcher.Job;
import dev.vertxmpi.launcher.JobEvent;
import dev.vertxmpi.launcher.JobEvent.Kind;
import dev.vertxmpi.launcher.JobLauncher;
import dev.vertxmpi.launcher.JobSpec;
import dev.vertxmpi.launcher.OutputHandler.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The launcher of spawned ranks: a process of its own, because they may outlive those who spawned them.
 *
 * <pre>
 *   standard input:   the order, one line      "adopted"           the ranks have connected: they are on their own
 *                                              "end", or its end   before that: kill them
 *   report file:      {"ranks": [1], "why": "..."} where they ended without having been adopted
 * </pre>
 */
public final class SpawnMain {

  static final String ADOPTED = "adopted";
  static final String END = "end";

  private final SpawnOrder order;
  private volatile boolean adopted;
  /** Nobody is left to read the report. */
  private volatile boolean orphaned;
  /** The first thing that went wrong. */
  private volatile JobEvent failure;

  private SpawnMain(SpawnOrder order) {
    this.order = order;
  }

  /**
   * Runs the ranks to their end.
   *
   * @param args none
   * @throws Exception where the order cannot be read
   */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      System.exit(1);
    }
    System.exit(new SpawnMain(SpawnOrder.of(new JsonObject(line))).run(in));
  }

  private int run(BufferedReader in) throws InterruptedException, IOException {
    JobSpec spec = order.spec().setOutputHandler(SpawnMain::print).setEventHandler(this::hear);
    Job job = JobLauncher.start(spec);
    Thread.ofPlatform().daemon().name("vertx-mpi-parents").start(() -> listen(in, job));
    try {
      int code = job.exit().toCompletionStage().toCompletableFuture().get();
      report(failure != null ? failure.ranks() : List.of(),
          failure != null ? failure.text() : "they ended without having called Mpi.init");
      return code;
    } catch (ExecutionException e) {
      report(List.of(), e.getCause().getMessage());
      return 1;
    }
  }

  private static void print(int rank, Source source, String line) {
    (source == Source.OUT ? System.out : System.err).println(line);
  }

  private void hear(JobEvent event) {
    if (event.kind() == Kind.FAILED && failure == null) {
      failure = event;
      if (adopted) {
        System.err.println("vertx-mpi: of the spawned ranks, " + event.text());
      }
    }
  }

  private void listen(BufferedReader in, Job job) {
    String word;
    try {
      word = in.readLine();
    } catch (IOException e) {
      word = null;
    }
    adopted = ADOPTED.equals(word);
    orphaned = word == null;
    if (!adopted) {
      // The first asks them, the second does not.
      job.signal(15);
      job.signal(15);
    }
  }

  private void report(List<Integer> ranks, String why) throws IOException {
    if (orphaned) {
      Files.deleteIfExists(order.report());
    } else if (!adopted && Files.exists(order.report())) {
      Files.writeString(order.report(), new JsonObject().put("ranks", new JsonArray(ranks)).put("why", why).encode());
    }
  }
}
