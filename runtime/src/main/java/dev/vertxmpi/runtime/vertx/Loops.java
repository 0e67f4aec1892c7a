package dev.vertxmpi.runtime.vertx;

import dev.vertxmpi.ProgressCounters;
import dev.vertxmpi.runtime.progress.Pollable;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.transport.Transport;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/** Progress domains on the event loops of Vert.x and on one of our own. */
public final class Loops {

  /** One loop of our own for each {@code Vertx}, made on first use; closed with it. */
  private static final Map<Vertx, EventLoop> ISOLATED = new WeakHashMap<>();

  /** Those with ranks on worker or virtual threads. */
  private static final Set<Vertx> THREADED = Collections.newSetFromMap(new WeakHashMap<>());

  /** Share of its time that a loop may spend on sockets, in percent, as Vert.x has it. */
  private static final int IO_RATIO = 50;

  private Loops() {
  }

  /**
   * The domain of a rank: its own event loop, or ours where it runs on worker or virtual threads.
   *
   * @param context of the rank
   * @return a new domain
   */
  public static ProgressDomain of(Context context) {
    if (context.isEventLoopContext()) {
      return on(((ContextInternal) context).nettyEventLoop());
    }
    synchronized (ISOLATED) {
      if (THREADED.add(context.owner())) {
        Crowd.threaded(1);
      }
    }
    return isolated(context.owner());
  }

  /**
   * A domain that goes on while the user's handlers block.
   *
   * @param vertx whose end is the loop's end
   * @return a new domain on the loop of our own
   */
  public static ProgressDomain isolated(Vertx vertx) {
    synchronized (ISOLATED) {
      return on(ISOLATED.computeIfAbsent(vertx, Loops::open));
    }
  }

  private static EventLoop open(Vertx vertx) {
    EventLoop loop = ((VertxInternal) vertx).transport().eventLoopGroup(Transport.IO_EVENT_LOOP_GROUP, 1,
        new DefaultThreadFactory("vertx-mpi-progress", true), IO_RATIO).next();
    CloseFuture end = new CloseFuture();
    end.add(completion -> close(vertx, loop, completion));
    ((VertxInternal) vertx).addCloseHook(end);
    return loop;
  }

  private static void close(Vertx vertx, EventLoop loop, Completable<Void> completion) {
    synchronized (ISOLATED) {
      if (THREADED.remove(vertx)) {
        Crowd.threaded(-1);
      }
    }
    // Servers and sockets of links close at the same time, with steps on this loop, so it ends after all else of the
    // Vertx. Where it ended first, as it can on busy cores, the close of the Vertx waited for such a step for ever.
    ((VertxInternal) vertx).nettyEventLoopGroup().terminationFuture().addListener(terminated -> {
      synchronized (ISOLATED) {
        ISOLATED.remove(vertx);
      }
      var _ = loop.parent().shutdownGracefully(0, 1000, TimeUnit.MILLISECONDS);
    });
    completion.succeed();
  }

  /**
   * Whether the loop of a context can poll: it is made so, or never will.
   *
   * @param context of a rank
   * @return false where it has to be woken for everything
   */
  public static boolean canPoll(Context context) {
    return PollingLoop.of(((ContextInternal) context).nettyEventLoop()).isPresent();
  }

  /**
   * Makes the loop of a context poll, where it can.
   *
   * @param context of a rank
   * @param pollable is looked at from now on
   * @return ends it; empty where the loop does not poll: it has to be woken for everything
   */
  public static Optional<Runnable> poll(Context context, Pollable pollable) {
    EventLoop loop = ((ContextInternal) context).nettyEventLoop();
    return PollingLoop.of(loop).map(polling -> {
      loop.execute(() -> polling.add(pollable));
      return () -> loop.execute(() -> polling.remove(pollable));
    });
  }

  /**
   * What the loop on which a rank progresses has done so far.
   *
   * @param context of the rank
   * @return counts
   */
  public static ProgressCounters counters(Context context) {
    return LoopTasks.of(((ContextInternal) home(context)).nettyEventLoop()).counters();
  }

  private static ProgressDomain on(EventLoop loop) {
    return new ProgressDomain(LoopTasks.of(loop));
  }

  /**
   * Gives a {@code Vertx} that is to be built loops that poll.
   *
   * @param builder its transport is set
   * @return the same
   */
  public static VertxBuilder polling(VertxBuilder builder) {
    Transport wrapped = best(null);
    Spin spin = Spin.fromEnvironment();
    return builder.withTransport(new io.vertx.core.transport.Transport() {
      private final PollingTransport polling = new PollingTransport(wrapped, spin);

      @Override
      public String name() {
        return "vertx-mpi";
      }

      @Override
      public boolean available() {
        return polling.isAvailable();
      }

      @Override
      public Throwable unavailabilityCause() {
        return polling.unavailabilityCause();
      }

      @Override
      public Transport implementation() {
        return polling;
      }
    });
  }

  /**
   * A {@code Vertx} of our own, not clustered, with loops that poll.
   *
   * @return new; its owner closes it
   */
  public static Vertx plain() {
    return polling(Vertx.builder()).build();
  }

  /** The transport that was chosen, or the best that there is. */
  static Transport best(Transport chosen) {
    if (chosen != null) {
      return chosen;
    }
    io.vertx.core.transport.Transport best = io.vertx.core.transport.Transport.nativeTransport();
    return (best != null && best.available() ? best : io.vertx.core.transport.Transport.NIO).implementation();
  }

  /**
   * The context on which results of a call arrive.
   *
   * @param fallback for callers without a context of their own
   * @return the caller's, a duplicated one included
   */
  public static Context caller(Context fallback) {
    ContextInternal current = ContextInternal.current();
    return current != null && current.owner().equals(fallback.owner()) ? current : fallback;
  }

  /**
   * A promise whose Future runs its handlers on a context.
   *
   * @param <T> type of the result
   * @param context where results arrive
   * @return a new promise
   */
  public static <T> Promise<T> promise(Context context) {
    return ((ContextInternal) context).promise();
  }

  /**
   * A Future that is complete, with nothing.
   *
   * @param context where its handlers run
   * @return succeeded
   */
  public static Future<Void> succeeded(Context context) {
    return ((ContextInternal) context).succeededFuture();
  }

  /**
   * Runs an action on a context after a while.
   *
   * @param context where it runs
   * @param millis how long to wait
   * @param action runs once
   * @return takes it back
   */
  public static Runnable later(Context context, long millis, Runnable action) {
    ContextInternal internal = (ContextInternal) context;
    long timer = internal.setTimer(Math.max(1, millis), due -> action.run());
    return () -> internal.owner().cancelTimer(timer);
  }

  /**
   * The context on whose loop a rank progresses.
   *
   * @param context of the rank
   * @return the same, or one on the loop of our own where the rank runs on worker or virtual threads
   */
  public static Context home(Context context) {
    return context.isEventLoopContext() ? context : detached(context.owner());
  }

  /**
   * A context for links: on the loop of our own, so that frames come in while the user's handlers block, and of no
   * deployment, so that what is opened on it outlives the verticle that asked for it.
   *
   * @param vertx whose end is its end
   * @return a new event-loop context
   */
  public static Context detached(Vertx vertx) {
    VertxInternal internal = (VertxInternal) vertx;
    synchronized (ISOLATED) {
      return internal.contextBuilder().withThreadingModel(ThreadingModel.EVENT_LOOP)
          .withEventLoop(ISOLATED.computeIfAbsent(vertx, Loops::open)).withCloseFuture(internal.closeFuture()).build();
    }
  }
}
