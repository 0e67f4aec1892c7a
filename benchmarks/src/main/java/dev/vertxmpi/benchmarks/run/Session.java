package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.benchmarks.Benchmark;
import dev.vertxmpi.benchmarks.Benchmark.Timing;
import dev.vertxmpi.benchmarks.peer.Peer;
import dev.vertxmpi.benchmarks.peer.PeerKind;
import dev.vertxmpi.benchmarks.result.Line;
import dev.vertxmpi.benchmarks.result.Sample;
import dev.vertxmpi.benchmarks.result.Sizes;
import dev.vertxmpi.benchmarks.result.TextTable;
import dev.vertxmpi.launcher.LauncherException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A call of the command: for each size, ours and the peers measure in turn, so that noise hits all of them.
 *
 * <pre>
 *   size 1:  ours, peer, peer   ours, peer, peer   ...     one line for each peer
 *   size 2:  ours, peer, peer   ...
 * </pre>
 */
public final class Session {

  /** Enough for caches and clocks, once the compiler is done. */
  private static final Duration COMPILED = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Plan plan;
  private final Consumer<String> progress;
  private final List<Peer> peers = new ArrayList<>();
  /** Why peers cannot do what is measured, by name. */
  private final Map<String, String> unable = new HashMap<>();
  private Ours ours;

  /**
   * A call.
   *
   * @param plan what to do
   * @param progress is told what goes on
   */
  public Session(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param sink gets each line as soon as it is known
   * @throws IOException where something cannot be started
   * @throws InterruptedException where this thread is asked to end
   */
  public void run(Consumer<Line> sink) throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch()) {
      for (String name : plan.peers()) {
        progress.accept("compiling for " + name);
        Peer peer = Peer.compile(PeerKind.valueOf(name.toUpperCase(Locale.ROOT)), isByTcp(), scratch.folder());
        scratch.first(peer::close);
        peers.add(peer);
        if (plan.benchmark() == Benchmark.NAMES_GLOBAL) {
          peer.startNameServer(scratch.folder());
        }
      }
      progress.accept("starting " + plan.ranks() + " ranks" + (plan.inJvm() ? " in one JVM" : ""));
      try (Ours started = Ours.start(plan, scratch.folder())) {
        ours = started;
        for (long size : plan.sizes()) {
          measure(size).forEach(sink);
        }
      }
    }
  }

  /** Links that do not share memory are compared with sockets. */
  private boolean isByTcp() {
    return !plan.inJvm() && !plan.links().isEmpty() && plan.links().stream().noneMatch("shm"::equals);
  }

  /** Programs that are compiled already need no long warm-up. */
  private static Duration compiled(Duration warmUp) {
    return warmUp.compareTo(COMPILED) < 0 ? warmUp : COMPILED;
  }

  private List<Line> measure(long size) throws IOException, InterruptedException {
    List<Double> own = new ArrayList<>();
    List<Double> placements = new ArrayList<>();
    TreeSet<String> links = new TreeSet<>();
    List<List<Double>> others = peers.stream().<List<Double>>map(peer -> new ArrayList<>()).toList();
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      Duration warmUp = repetition == 0 || plan.warmUp().compareTo(AGAIN) < 0 ? plan.warmUp() : AGAIN;
      Outcome outcome = ours.measure(size, warmUp);
      own.add(figure(outcome.timing(), size));
      placements.add(outcome.placement());
      links.addAll(outcome.links());
      StringBuilder told = new StringBuilder("ours ").append(TextTable.figure(own.getLast()));
      for (int i = 0; i < peers.size(); i++) {
        others.get(i).add(measure(peers.get(i), size, warmUp));
        told.append(", ").append(peers.get(i).kind().title()).append(' ')
            .append(TextTable.figure(others.get(i).getLast()));
      }
      progress.accept(title(size) + ", " + (repetition + 1) + " of " + plan.repetitions() + ": " + told + " "
          + plan.benchmark().unit() + ", placement " + TextTable.figure(outcome.placement()) + " ns");
    }
    String link = String.join("+", links);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      String name = peers.get(i).kind().title();
      lines.add(line(size, link, own, placements, unable.containsKey(name) ? null : Sample.of(others.get(i)), name));
    }
    return peers.isEmpty() ? List.of(line(size, link, own, placements, null, null)) : lines;
  }

  /** The peer's figure; not a number where it cannot do this. */
  private double measure(Peer peer, long size, Duration warmUp) throws IOException, InterruptedException {
    String name = peer.kind().title();
    if (unable.containsKey(name)) {
      return Double.NaN;
    }
    try {
      return figure(peer.measure(plan.benchmark(), size, plan.window(), plan.ranks(), compiled(warmUp),
          plan.measure()), size);
    } catch (LauncherException e) {
      if (!plan.benchmark().isDynamic()) {
        throw e;
      }
      unable.put(name, e.getMessage());
      progress.accept(name + " cannot do this: " + e.getMessage());
      return Double.NaN;
    }
  }

  private String title(long size) {
    return plan.benchmark().title() + (plan.benchmark().isSized() ? " " + Sizes.text(size) : "");
  }

  private double figure(Timing timing, long size) {
    return plan.benchmark().figure(timing, size, plan.window(), plan.ranks());
  }

  private Line line(long size, String link, List<Double> own, List<Double> placements, Sample peer, String peerName) {
    Benchmark benchmark = plan.benchmark();
    return new Line(benchmark.title(), link, plan.ranks(), size, benchmark.unit(), Sample.of(own), peer, peerName,
        plan.buffers().name().toLowerCase(Locale.ROOT), plan.style().name().toLowerCase(Locale.ROOT),
        Sample.of(placements), Runtime.getRuntime().availableProcessors(), plan.inJvm(),
        spin(), peerName == null ? null : unable.get(peerName));
  }

  private String spin() {
    String spin = plan.environment().get("VERTX_MPI_SPIN");
    return spin != null && spin.isEmpty() ? "on" : spin;
  }
}
