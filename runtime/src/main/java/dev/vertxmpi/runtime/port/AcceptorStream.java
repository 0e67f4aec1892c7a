package dev.vertxmpi.runtime.port;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.Port;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.Set;
import java.util.function.Function;

/**
 * One accept after another, each when all ranks of the group want it.
 *
 * <p>The accepts are made on a communicator of the stream's own, so they are in nobody's way: collectives of the
 * communicator of the user go on in their own order. Handlers run on one context; methods may be called from anywhere.
 */
public final class AcceptorStream implements ReadStream<Intercommunicator> {

  /** With these the stream ends and has nothing to tell: a rank has ended it, or its communicator. */
  private static final Set<ErrorClass> QUIET =
      Set.of(ErrorClass.COMM, ErrorClass.CANCELLED, ErrorClass.COLLECTIVE_MISMATCH);

  private final Context context;
  private final Port port;
  private final Root root;
  private final CancelScope stop = new CancelScope();
  private Handler<Intercommunicator> handler;
  private Handler<Throwable> exceptionHandler;
  private Handler<Void> endHandler;
  private Intracommunicator own;
  private Intercommunicator held;
  private long demand = Long.MAX_VALUE;
  private long accepted;
  private boolean accepting;
  private boolean ended;
  private MpiException failure;
  private Runnable whenEnded = () -> { };

  private AcceptorStream(Context context, Port port, Root root) {
    this.context = context;
    this.port = port;
    this.root = root;
  }

  /**
   * Opens it.
   *
   * @param context where its handlers run
   * @param port significant at the root
   * @param root who opened the port
   * @param own a communicator for the stream alone, which frees it
   * @param onEnd takes an action that is to run when the stream must end, and returns what forgets it
   * @return flows once it has a handler
   */
  public static AcceptorStream open(Context context, Port port, Root root, Future<Intracommunicator> own,
      Function<Runnable, Runnable> onEnd) {
    AcceptorStream stream = new AcceptorStream(context, port, root);
    stream.stop.onCancel(() -> context.runOnContext(now -> stream.end(null)));
    stream.whenEnded = onEnd.apply(stream.stop::cancel);
    own.onComplete(made -> context.runOnContext(now -> {
      if (made.succeeded()) {
        stream.begin(made.result());
      } else {
        stream.failed(MpiException.of(made.cause()));
      }
    }));
    return stream;
  }

  private void begin(Intracommunicator made) {
    boolean late;
    synchronized (this) {
      own = made;
      late = ended;
    }
    if (late) {
      made.free();
    } else {
      step();
    }
  }

  /** Goes on, where something is wanted. On the context. */
  private void step() {
    Handler<Intercommunicator> to;
    Intercommunicator next;
    synchronized (this) {
      if (ended || handler == null || demand == 0 || own == null || accepting) {
        return;
      }
      to = handler;
      next = held;
      held = null;
      accepting = next == null;
      if (next != null && demand != Long.MAX_VALUE) {
        demand--;
      }
    }
    if (next == null) {
      own.with(new CallOptions().setCancel(stop)).accept(port, root)
          .onComplete(done -> context.runOnContext(now -> {
            if (done.succeeded()) {
              accepted(done.result());
            } else {
              failed(MpiException.of(done.cause()));
            }
          }));
    } else {
      // First, because the handler may throw.
      later();
      to.handle(next);
    }
  }

  private void later() {
    context.runOnContext(now -> step());
  }

  private void accepted(Intercommunicator connection) {
    boolean late;
    synchronized (this) {
      accepting = false;
      accepted++;
      late = ended;
      held = late ? null : connection;
    }
    if (late) {
      connection.disconnect();
    } else {
      step();
    }
  }

  private void failed(MpiException why) {
    boolean closed = why.errorClass() == ErrorClass.PORT
        && (accepted > 0 || why.reason().equals(OpenPort.CLOSED)) && !why.reason().startsWith(OpenPort.LOST);
    end(closed || QUIET.contains(why.errorClass()) ? null : why);
  }

  private void end(MpiException why) {
    Intercommunicator left;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      failure = why;
      left = held;
      held = null;
    }
    whenEnded.run();
    if (left != null) {
      left.disconnect();
    }
    if (own != null) {
      own.free();
    }
    if (why != null && exceptionHandler != null) {
      exceptionHandler.handle(why);
    }
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  @Override
  public synchronized AcceptorStream handler(Handler<Intercommunicator> next) {
    handler = next;
    later();
    return this;
  }

  @Override
  public synchronized AcceptorStream exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next;
    if (next != null && failure != null) {
      context.runOnContext(now -> next.handle(failure));
    }
    return this;
  }

  @Override
  public synchronized AcceptorStream endHandler(Handler<Void> next) {
    endHandler = next;
    if (next != null && ended) {
      context.runOnContext(next);
    }
    return this;
  }

  @Override
  public synchronized AcceptorStream pause() {
    demand = 0;
    return this;
  }

  @Override
  public AcceptorStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public synchronized AcceptorStream fetch(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must not be negative, but is " + amount);
    }
    demand = Long.MAX_VALUE - demand < amount ? Long.MAX_VALUE : demand + amount;
    later();
    return this;
  }
}
