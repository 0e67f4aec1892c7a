package dev.vertxmpi.runtime.vertx;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.RejectedExecutionException;

/**
 * A socket of a channel that is registered nowhere. Its descriptor is read and written by whoever likes; an event loop
 * only tells that there is something to do.
 *
 * <pre>
 *   registration   one at a time at the loop that tells; an old one is cancelled before the socket is closed: a
 *                  descriptor that somebody else has got since must not be taken from a loop
 * </pre>
 */
final class EpollStream extends Stream {

  /** Told once for each change. */
  private static final EpollIoOps EVENTS =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT).with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);

  /** Told of nothing but its end. No events at all would take the socket out of the loop. */
  private static final EpollIoOps QUIET = EpollIoOps.EPOLLRDHUP.with(EpollIoOps.EPOLLET);

  private final Channel channel;
  private final Socket socket;
  /** Two of struct iovec: where a piece lies, and its length. */
  private final MemorySegment pieces = Arena.ofAuto().allocate(4 * Long.BYTES, Long.BYTES);
  private volatile Registered registered;
  private int registrations;
  private boolean closing;

  /** The channel must not be registered. */
  EpollStream(Channel channel, EventLoop loop) {
    this.channel = channel;
    this.socket = (Socket) ((EpollSocketChannel) channel).fd();
    register(loop);
  }

  /** That it is registered at a loop. */
  private final class Registered implements EpollIoHandle {

    private final EventLoop loop;
    private IoRegistration registration;
    private boolean left;

    Registered(EventLoop loop) {
      this.loop = loop;
    }

    void begin() {
      if (left || !(loop instanceof IoEventLoop events)) {
        gone();
        return;
      }
      events.register(this).addListener(outcome -> {
        if (!outcome.isSuccess()) {
          gone();
          tell();
          return;
        }
        registration = (IoRegistration) outcome.getNow();
        if (left) {
          cancel();
        } else {
          registration.submit(EVENTS);
        }
      });
    }

    void leave() {
      left = true;
      if (registration != null) {
        cancel();
      }
    }

    private void cancel() {
      registration.cancel();
      registration = null;
      gone();
    }

    void watch(boolean told) {
      if (registration != null) {
        registration.submit(told ? EVENTS : QUIET);
      }
    }

    @Override
    public FileDescriptor fd() {
      return socket;
    }

    @Override
    public void handle(IoRegistration of, IoEvent event) {
      tell();
    }

    /** The loop ends. */
    @Override
    public void close() {
      try {
        socket.shutdown();
      } catch (IOException e) {
        // It is closed already, or was never connected.
      }
      leave();
      tell();
    }
  }

  private void register(EventLoop loop) {
    Registered next = new Registered(loop);
    synchronized (this) {
      registrations++;
      registered = next;
    }
    run(loop, next::begin, this::gone);
  }

  private static void run(EventLoop loop, Runnable action, Runnable otherwise) {
    if (loop.inEventLoop()) {
      action.run();
      return;
    }
    try {
      loop.execute(action);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    }
  }

  /** A registration is no more. */
  private void gone() {
    synchronized (this) {
      registrations--;
      if (!closing || registrations > 0) {
        return;
      }
      closing = false;
    }
    channel.unsafe().closeForcibly();
  }

  @Override
  public boolean isDirect() {
    return true;
  }

  @Override
  public boolean isHere() {
    return registered.loop.inEventLoop();
  }

  @Override
  public void execute(Runnable action) {
    run(registered.loop, action, () -> { });
  }

  @Override
  public int read(MemorySegment to, long offset, int length) throws IOException {
    return socket.recvAddress(to.address() + offset, 0, length);
  }

  @Override
  public int write(MemorySegment first, long firstOffset, int firstLength, MemorySegment second, long secondOffset,
      int secondLength) throws IOException {
    if (secondLength == 0) {
      return socket.sendAddress(first.address() + firstOffset, 0, firstLength);
    }
    if (firstLength == 0) {
      return socket.sendAddress(second.address() + secondOffset, 0, secondLength);
    }
    pieces.setAtIndex(ValueLayout.JAVA_LONG, 0, first.address() + firstOffset);
    pieces.setAtIndex(ValueLayout.JAVA_LONG, 1, firstLength);
    pieces.setAtIndex(ValueLayout.JAVA_LONG, 2, second.address() + secondOffset);
    pieces.setAtIndex(ValueLayout.JAVA_LONG, 3, secondLength);
    return (int) socket.writevAddresses(pieces.address(), 2);
  }

  @Override
  public void moveTo(Context loop) {
    EventLoop next = ((ContextInternal) loop).nettyEventLoop();
    Registered old = registered;
    if (!old.loop.equals(next)) {
      register(next);
      run(old.loop, old::leave, this::gone);
    }
  }

  /** Belongs to the loop that tells. */
  @Override
  public void watch(boolean told) {
    registered.watch(told);
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      // Holds it open until the loop has let go.
      registrations++;
    }
    Registered last = registered;
    run(last.loop, last::leave, this::gone);
    gone();
  }
}
