package dev.vertxmpi.runtime.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Listens for streams. Streams that came in stay when it is closed. */
public final class StreamServer {

  private static final int BACKLOG = 1024;

  /** Where there are no more descriptors it tries again after this. */
  private static final long PAUSE_MILLIS = 100;

  private final ServerChannel channel;

  private StreamServer(ServerChannel channel) {
    this.channel = channel;
  }

  /**
   * Listens.
   *
   * @param loop of the streams
   * @param host IP address
   * @param port 0 for any
   * @param tls null for none
   * @param accept gets each stream, on the loop
   * @return listening
   */
  public static Future<StreamServer> listen(Context loop, String host, int port, StreamTls tls,
      Consumer<Stream> accept) {
    ContextInternal context = (ContextInternal) loop;
    EventLoop events = context.nettyEventLoop();
    Promise<StreamServer> promise = Promise.promise();
    try {
      ServerChannel channel = context.owner().transport().serverChannelFactory(false).newChannel();
      channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
      channel.pipeline().addLast(new Acceptor(events, tls, accept));
      events.register(channel).addListener(registered -> {
        if (!registered.isSuccess()) {
          promise.fail(registered.cause());
          return;
        }
        channel.bind(new InetSocketAddress(InetAddress.ofLiteral(host), port)).addListener(bound -> {
          if (bound.isSuccess()) {
            promise.complete(new StreamServer(channel));
          } else {
            channel.close().addListener(closed -> promise.fail(bound.cause()));
          }
        });
      });
    } catch (RuntimeException e) {
      promise.fail(e);
    }
    return promise.future();
  }

  /** Takes connections; the rest of the pipeline is not needed. */
  private static final class Acceptor extends ChannelInboundHandlerAdapter {

    private final EventLoop loop;
    private final StreamTls tls;
    private final Consumer<Stream> accept;

    Acceptor(EventLoop loop, StreamTls tls, Consumer<Stream> accept) {
      this.loop = loop;
      this.tls = tls;
      this.accept = accept;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel child = (Channel) message;
      child.config().setOption(ChannelOption.TCP_NODELAY, true);
      boolean epoll = Streams.isEpoll(child);
      if (epoll) {
        LoopbackSocket.unpace(child);
      }
      if (epoll && tls == null) {
        accept.accept(new EpollStream(child, loop));
        return;
      }
      if (tls != null) {
        child.pipeline().addLast(tls.server(child));
      }
      ChannelStream stream = new ChannelStream(child);
      loop.register(child).addListener(registered -> {
        if (registered.isSuccess()) {
          accept.accept(stream);
        } else {
          child.unsafe().closeForcibly();
        }
      });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Channel server = context.channel();
      server.config().setAutoRead(false);
      server.eventLoop().schedule(() -> server.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS)
          .addListener(again -> { });
    }
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /**
   * Listens no more.
   *
   * @return settles when the place is free
   */
  public Future<Void> close() {
    Promise<Void> promise = Promise.promise();
    channel.close().addListener(closed -> promise.complete());
    return promise.future();
  }
}
