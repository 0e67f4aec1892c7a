package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.link.Control;
import dev.vertxmpi.runtime.link.FrameParser;
import dev.vertxmpi.runtime.link.Handshake;
import dev.vertxmpi.runtime.link.SendQueue;
import dev.vertxmpi.runtime.link.SendQueue.Item;
import dev.vertxmpi.runtime.link.TryLock;
import dev.vertxmpi.runtime.vertx.Chunk;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The sending end of a link over a ring.
 *
 * <pre>
 *   send, any thread --nothing waits, space--&gt; ring
 *        '--else--&gt; [ queue ] --whoever finds space: the sender, the loop of a rank, the endpoint's--&gt; ring
 * </pre>
 *
 * <p>What may sleep is the consumer. It says so, then looks once more; the producer commits, then looks whether it
 * says so. For one of them to see the other, each needs a full fence between. A thread that polls does that once for
 * what it has sent since ({@link ShmPoller}), any other thread for each frame.
 */
final class ShmLink implements Link {

  /** Short enough for the consumer to read one while the next is written. */
  private static final int FRAME_BYTES = 64 << 10;

  private static final VarHandle FRAMES;
  private static final VarHandle BYTES;

  static {
    try {
      FRAMES = MethodHandles.lookup().findVarHandle(ShmLink.class, "frames", long.class);
      BYTES = MethodHandles.lookup().findVarHandle(ShmLink.class, "bytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LongAdder doorbells = new LongAdder();
  private final ShmEndpoint endpoint;
  private final LinkContext context;
  private final Context loop;
  private final NodeAddress peer;
  private final ShmPlace place;
  private final NetSocket socket;
  private final SendQueue queue;
  private final FrameParser parser = new FrameParser(this::onMessage, frame -> { });
  private final TryLock lock = new TryLock();
  private final Promise<Link> ready = Promise.promise();
  private final Promise<Throwable> gone = Promise.promise();
  private final Promise<Void> released = Promise.promise();
  private final Watch watch;
  private Handshake handshake;
  private boolean probing;
  private RingFile file;
  private byte[] nonce;
  private volatile RingProducer ring;
  private volatile Bell bell;
  private volatile Bell loopBell;
  private volatile boolean orderly;
  private volatile boolean over;
  private Throwable cause;
  /** Guarded by the lock, read by anybody. */
  private long frames;
  private long bytes;
  private volatile boolean waits;
  /** Only a hint: several threads may flush. */
  private boolean progress;
  /** Confined to the loop of the poller: whether it has to look if the consumer sleeps. */
  boolean unfenced;
  private long takenWhenAsked = -1;

  ShmLink(ShmEndpoint endpoint, NodeAddress peer, ShmPlace place, NetSocket socket) {
    this.endpoint = endpoint;
    this.context = endpoint.context();
    this.loop = endpoint.loop();
    this.peer = peer;
    this.place = place;
    this.socket = socket;
    this.queue = new SendQueue(loop, peer, this::write);
    this.watch = new Watch(endpoint, this);
  }

  /** Proves who is there, then maps the ring. */
  Future<Link> begin(NodeAddress self) {
    return begin(Handshake.client(context.keys(), self, peer));
  }

  /** Proves who is there, and ends. */
  Future<Link> probe(NodeAddress self) {
    probing = true;
    return begin(Handshake.probe(context.keys(), self, peer)).onSuccess(done -> kill());
  }

  private Future<Link> begin(Handshake purpose) {
    handshake = purpose;
    long deadline = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late ->
        end(new MpiException(ErrorClass.TIMEOUT, "the handshake took too long")));
    ready.future().onComplete(outcome -> context.vertx().cancelTimer(deadline));
    socket.exceptionHandler(this::remember);
    socket.closeHandler(closed -> over());
    Chunk.read(socket, chunk -> {
      try {
        parser.handle(chunk);
      } catch (RuntimeException e) {
        end(e);
      }
    });
    try {
      ControlMessage.handshake(socket, handshake.hello());
    } catch (RuntimeException e) {
      end(e);
    }
    return ready.future();
  }

  private void onMessage(byte[] bytes) {
    if (!handshake.isDone()) {
      handshake.receive(bytes).ifPresent(answer -> ControlMessage.handshake(socket, answer));
      if (probing && handshake.isDone()) {
        ready.complete(this);
      }
      return;
    }
    ControlMessage message = ControlMessage.decode(bytes);
    switch (message.type()) {
      case ControlMessage.RING -> map(message.text());
      case ControlMessage.READY -> confirm(message.body());
      case ControlMessage.BELL -> openLoopBell(message.text());
      case ControlMessage.SPACE -> queue.flush();
      case ControlMessage.END -> {
        orderly = true;
        parser.stop();
        kill();
      }
      default -> throw new IllegalArgumentException("message " + message.type() + " is not known");
    }
  }

  private void map(String name) {
    if (file != null || nonce != null) {
      throw new IllegalArgumentException("a second ring");
    }
    nonce = new byte[0];
    Path path = place.file(name);
    context.vertx().executeBlocking(() -> {
      place.check(endpoint.directory());
      RingFile opened = RingFile.open(path);
      try {
        bell = Bell.open(place.file(ShmPlace.BELL));
      } catch (IOException | RuntimeException e) {
        opened.close();
        throw e;
      }
      return opened;
    }, false).onComplete(outcome -> {
      if (outcome.failed()) {
        end(outcome.cause());
        return;
      }
      file = outcome.result();
      if (over) {
        release();
        return;
      }
      nonce = file.writeNonce(RingDescriptor.PRODUCER_NONCE);
      ControlMessage.send(socket, ControlMessage.ECHO, file.readNonce(RingDescriptor.CONSUMER_NONCE));
    });
  }

  private void confirm(byte[] answer) {
    if (file == null || ring != null || !MessageDigest.isEqual(nonce, answer)) {
      throw new MpiException(ErrorClass.ACCESS, "the node " + peer.id() + " does not map the same memory");
    }
    ring = new RingProducer(file.segment());
    lock.open();
    ready.complete(this);
  }

  private void openLoopBell(String name) {
    Bell old = loopBell;
    loopBell = null;
    Future<Bell> opened = name.isEmpty() ? Future.succeededFuture()
        : context.vertx().executeBlocking(() -> Bell.open(place.file(name)), true);
    opened.onComplete(outcome -> {
      if (outcome.succeeded() && !over) {
        loopBell = outcome.result();
      } else if (outcome.succeeded() && outcome.result() != null) {
        outcome.result().close();
      }
      if (old != null) {
        old.close();
      }
    });
  }

  @Override
  public boolean trySend(Envelope envelope, MemorySegment memory, long offset, int length) {
    return queue.isIdle() && length <= Envelope.MAX_PAYLOAD && offer(envelope, memory, offset, length);
  }

  @Override
  public Future<Void> send(Frame frame) {
    MemorySegment payload = frame.payload();
    try {
      if (queue.isIdle() && offer(frame.envelope(), payload, 0, (int) payload.byteSize())) {
        return Future.succeededFuture();
      }
    } catch (IllegalStateException | WrongThreadException e) {
      return Future.failedFuture(unreadable(e));
    }
    if (!isPolled() || over) {
      return queue.send(frame);
    }
    boolean first = queue.isIdle();
    Future<Void> written = queue.add(frame);
    if (first) {
      flush();
    } else {
      // The loop looks for space when it polls next; not for each frame that has to wait.
      waits(true);
    }
    return written;
  }

  private boolean isPolled() {
    ShmPoller poller = endpoint.poller();
    return poller != null && poller.isHere();
  }

  /** The loop that polls is about to sleep: asks for a word when there is space. */
  void waitForSpace() {
    if (lock.tryLock()) {
      try {
        ring.waitForSpace();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean offer(Envelope envelope, MemorySegment memory, long offset, int length) {
    if (!lock.tryLock()) {
      return false;
    }
    boolean sent = false;
    try {
      sent = queue.isIdle() && ring.offer(envelope, memory, offset, length);
      if (sent) {
        frames++;
        bytes += Envelope.LENGTH + length;
      }
    } catch (BrokenRingException | InternalError e) {
      broken(e);
    } finally {
      lock.unlock();
    }
    if (sent) {
      committed();
    }
    return sent;
  }

  /** Memory that the peer has cut off, or nonsense in it. */
  private void broken(Throwable why) {
    loop.runOnContext(now -> end(new IOException("the ring is broken: " + why.getMessage(), why)));
  }

  private void committed() {
    ShmPoller poller = endpoint.poller();
    if (poller != null && poller.isHere()) {
      wakeIfAsleep(false);
      if (!unfenced) {
        unfenced = true;
        poller.looksLater(this);
      }
    } else if (!wakeIfAsleep(true)) {
      watch.begin();
    }
  }

  /**
   * Rings where the consumer sleeps; false where it does not.
   *
   * @param surely also where it fell asleep while the last frames were written; else that must be asked for later
   */
  boolean wakeIfAsleep(boolean surely) {
    try {
      long state = surely ? ring.stateAfterCommit() : ring.consumerState();
      if (state == RingDescriptor.AWAKE) {
        return false;
      }
      if (ring.claimBell(state)) {
        Bell atLoop = loopBell;
        ring(state == RingDescriptor.LOOP_ASLEEP && atLoop != null ? atLoop : bell);
      }
      return true;
    } catch (IllegalStateException | InternalError unmapped) {
      return true;
    }
  }

  void watch() {
    watch.begin();
  }

  /** Somebody of the other side must look, though one there says that it does. */
  void nudge() {
    ring(bell);
  }

  private void ring(Bell which) {
    doorbells.increment();
    if (which == null || !which.ring()) {
      loop.runOnContext(now -> {
        if (!over) {
          ControlMessage.send(socket, ControlMessage.WAKE);
        }
      });
    }
  }

  /** Writes what waits, as far as there is space; true where there was any. */
  boolean flush() {
    progress = false;
    queue.flush();
    return progress;
  }

  private void write(Queue<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    // A loop that polls looks at the space itself.
    boolean polled = isPolled();
    if (!lock.tryLock()) {
      // Another thread is in the middle of a copy.
      if (polled) {
        waits(true);
      } else if (!over) {
        loop.runOnContext(again -> queue.flush());
      }
      return;
    }
    List<Item> written = new ArrayList<>();
    boolean left = false;
    try {
      left = !fill(items, written);
      if (left) {
        waits(true);
        if (!polled) {
          ring.waitForSpace();
          left = !fill(items, written);
        }
      }
    } catch (BrokenRingException | InternalError e) {
      broken(e);
    } finally {
      lock.unlock();
    }
    if (!left) {
      waits(false);
    }
    if (!written.isEmpty()) {
      progress = true;
      committed();
      written.forEach(item -> item.written().tryComplete());
    }
    if (left) {
      watch.begin();
    }
  }

  /** Whether the loop that polls has to look for space. */
  private void waits(boolean does) {
    if (waits != does) {
      synchronized (queue) {
        waits = does;
        endpoint.waits(this, does);
      }
    }
  }

  /** True where nothing is left. */
  private boolean fill(Queue<Item> items, List<Item> written) {
    for (Item item = items.peek(); item != null; item = items.peek()) {
      MemorySegment payload = item.frame().payload();
      try {
        if (!ring.offer(item.frame().envelope(), payload, 0, (int) payload.byteSize())) {
          return false;
        }
        written.add(item);
      } catch (IllegalStateException | WrongThreadException e) {
        item.written().tryFail(unreadable(e));
      }
      items.poll();
    }
    return true;
  }

  private static MpiException unreadable(RuntimeException cause) {
    return new MpiException(ErrorClass.BUFFER, "the payload cannot be read: " + cause.getMessage(), cause);
  }

  /** How far the consumer is. */
  long taken() {
    return look(RingProducer::taken, 0L);
  }

  /** Whether the consumer has taken all that was sent. */
  boolean isIdle() {
    return over || ring == null || (queue.isIdle() && look(RingProducer::isConsumed, false));
  }

  /** Whether the consumer has taken nothing since the last time that this was asked, though there was something. */
  boolean isStuck() {
    long before = takenWhenAsked;
    takenWhenAsked = isIdle() ? -1 : taken();
    return takenWhenAsked == before && before != -1;
  }

  private <T> T look(Function<RingProducer, T> question, T otherwise) {
    if (!lock.tryLock()) {
      return otherwise;
    }
    try {
      return question.apply(ring);
    } catch (BrokenRingException | InternalError e) {
      broken(e);
      return otherwise;
    } finally {
      lock.unlock();
    }
  }

  private void remember(Throwable failure) {
    if (cause == null) {
      cause = failure;
    }
  }

  void end(Throwable why) {
    remember(why);
    parser.stop();
    kill();
  }

  private void over() {
    over = true;
    watch.end();
    waits(false);
    while (!lock.tryClose()) {
      // Whoever has it is in the middle of a copy.
      Thread.onSpinWait();
    }
    Throwable why = orderly ? null : cause != null ? cause : new IOException("the process at the other end is gone");
    queue.end(why);
    ready.tryFail(unready());
    gone.complete(why);
    if (file != null) {
      release();
    } else {
      released.complete();
    }
  }

  private void release() {
    context.vertx().executeBlocking(() -> {
      file.close();
      for (Bell open : new Bell[] {bell, loopBell}) {
        if (open != null) {
          open.close();
        }
      }
      return null;
    }, false).onComplete(done -> released.tryComplete());
  }

  /** A node that hangs up is there; it does not accept our key, is closing or had no patience with us. */
  private MpiException unready() {
    if (cause == null) {
      return new MpiException(ErrorClass.ACCESS, "the node closed the connection during the handshake: it does not "
          + "accept our key, or is closing");
    }
    return cause instanceof MpiException known ? known
        : new MpiException(cause instanceof IOException ? ErrorClass.ACCESS : ErrorClass.PROC_FAILED,
            String.valueOf(cause.getMessage()));
  }

  @Override
  public String name() {
    return ShmPlace.LINK;
  }

  @Override
  public NodeAddress peer() {
    return peer;
  }

  @Override
  public int frameBytes() {
    return FRAME_BYTES;
  }

  @Override
  public boolean sharesMemory() {
    return true;
  }

  @Override
  public boolean writeQueueFull() {
    return queue.isFull();
  }

  @Override
  public void drainHandler(Handler<Void> handler) {
    queue.onDrain(handler);
  }

  @Override
  public void closeHandler(Handler<Throwable> handler) {
    gone.future().onSuccess(handler);
  }

  void kill() {
    socket.close().onComplete(done -> { });
  }

  @Override
  public Future<Void> close() {
    loop.runOnContext(now -> {
      if (over) {
        return;
      }
      if (!ready.future().succeeded()) {
        end(new IOException("this node is closing"));
      } else if (!orderly) {
        orderly = true;
        // The receiver closes the socket when it has come to this.
        send(Frame.of(Control.of(Control.END)));
        queue.refuse();
        long timer = context.vertx().setTimer(Math.max(1, context.failureTimeout().toMillis()), late -> kill());
        gone.future().onComplete(done -> context.vertx().cancelTimer(timer));
      }
    });
    return gone.future().transform(ended -> released.future());
  }

  @Override
  public long doorbellsRung() {
    return doorbells.sum();
  }

  @Override
  public long framesSent() {
    return queue.frames() + (long) FRAMES.getOpaque(this);
  }

  @Override
  public long bytesSent() {
    return queue.bytes() + (long) BYTES.getOpaque(this);
  }
}
