package dev.vertxmpi.benchmarks.peer;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.Benchmark.Timing;
import dev.vertxmpi.launcher.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An MPI library in C: our program compiled with it, started anew for each repetition. */
public final class Peer implements AutoCloseable {

  private static final String SOURCE = "bench.c";
  private static final Duration COMPILE = Duration.ofSeconds(60);
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final PeerKind kind;
  private final boolean tcp;
  private final Path program;
  private final PeerProcess process = new PeerProcess();
  private PeerNameServer names;

  private Peer(PeerKind kind, boolean tcp, Path program) {
    this.kind = kind;
    this.tcp = tcp;
    this.program = program;
  }

  /**
   * Compiles our program.
   *
   * @param kind of library
   * @param tcp whether its ranks talk through sockets; else they share memory
   * @param folder for the program
   * @param flags further options of the compiler
   * @return the peer
   * @throws IOException where the folder cannot be written
   * @throws InterruptedException where this thread is asked to end
   */
  public static Peer compile(PeerKind kind, boolean tcp, Path folder, String... flags)
      throws IOException, InterruptedException {
    Path source = folder.resolve(SOURCE);
    try (InputStream in = Peer.class.getResourceAsStream(SOURCE)) {
      Files.write(source, in.readAllBytes());
    }
    Peer peer = new Peer(kind, tcp, folder.resolve("bench-" + kind.title()));
    List<String> command = new ArrayList<>(List.of(kind.require("mpicc").toString(), "-O2", "-std=gnu11"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-o", peer.program.toString(), source.toString()));
    kind.require("mpirun");
    peer.process.run(command, Map.of(), COMPILE);
    return peer;
  }

  /**
   * Starts what keeps names for several of its jobs; its ranks use it from now on.
   *
   * @param folder for its files
   * @throws IOException where it cannot be started
   * @throws InterruptedException where this thread is asked to end
   */
  public void startNameServer(Path folder) throws IOException, InterruptedException {
    names = PeerNameServer.start(kind, folder);
  }

  /**
   * Which library it is.
   *
   * @return the kind
   */
  public PeerKind kind() {
    return kind;
  }

  /**
   * One repetition.
   *
   * @param benchmark what
   * @param size of messages in bytes
   * @param window messages under way at once
   * @param ranks how many processes
   * @param warmUp before it counts
   * @param measure while it counts
   * @return what it took
   * @throws IOException where it cannot be started
   * @throws InterruptedException where this thread is asked to end
   */
  public Timing measure(Benchmark benchmark, long size, int window, int ranks, Duration warmUp, Duration measure)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kind.require("mpirun").toString()));
    command.addAll(kind.options(ranks, tcp));
    if (names != null) {
      command.addAll(names.options());
    }
    command.addAll(List.of(program.toString(), benchmark.title(), Long.toString(size), Integer.toString(window),
        seconds(warmUp), seconds(measure)));
    String out = process.run(command, kind.environment(tcp), warmUp.plus(measure).multipliedBy(3).plus(SLACK));
    String[] words = out.strip().split("\\s+");
    try {
      return new Timing(Long.parseLong(words[words.length - 2]), Double.parseDouble(words[words.length - 1]) * 1e9);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new LauncherException(kind.title() + " gave no result, but: " + out.strip(), 1, e);
    }
  }

  /**
   * The command that starts ranks which only say that they have begun.
   *
   * @param ranks how many processes
   * @return for a process builder
   */
  public List<String> hello(int ranks) {
    List<String> command = new ArrayList<>(List.of(kind.require("mpirun").toString()));
    command.addAll(kind.options(ranks, tcp));
    command.addAll(List.of(program.toString(), "hello"));
    return command;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.6f", duration.toNanos() / 1e9);
  }

  /** Ends what runs now. */
  @Override
  public void close() {
    process.close();
    if (names != null) {
      names.close();
    }
  }
}
