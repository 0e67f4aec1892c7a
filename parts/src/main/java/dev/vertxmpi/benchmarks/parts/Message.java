package dev.vertxmpi.benchmarks.parts;

import static io.vertx.core.Future.await;

import dev.vertxmpi.JobOptions;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiJob;
import dev.vertxmpi.MpiOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message between two ranks that are verticles on one event loop: send, receive, and both handlers. */
@State(Scope.Benchmark)
public class Message {

  /** So many that the way to the loop and back counts for nothing. */
  private static final int MESSAGES = 1000;

  /** What carries the messages. */
  @Param("local")
  public String link;

  /** What they lie in; see {@code Memory.allocate}. */
  @Param("shareable")
  public String buffer;

  /** Bytes of a message. */
  @Param({"8", "1048576"})
  public int size;

  private Vertx vertx;
  private MpiJob job;
  private List<Player> players;

  /** For JMH. */
  public Message() {
  }

  /** Deploys the ranks. */
  @Setup
  public void deploy() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    List<Future<Player>> taken = new ArrayList<>();
    JobOptions options = new JobOptions().setRanks(2).setMpi(new MpiOptions().setLinks(List.of(link)));
    job = await(MpiJob.deploy(vertx, options, () -> {
      Promise<Player> player = Promise.promise();
      taken.add(player.future());
      return context -> Mpi.init(vertx).onComplete(mpi -> player.complete(new Player(mpi, context, size)),
          player::fail);
    }));
    players = await(Future.all(taken)).list();
  }

  /** A thousand messages, to and fro. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void toAndFro() {
    await(Future.all(players.stream().map(player -> player.play(MESSAGES)).toList()));
  }

  /** Undeploys the ranks. */
  @TearDown
  public void undeploy() {
    players.forEach(Player::close);
    await(job.close());
    await(vertx.close());
  }
}
