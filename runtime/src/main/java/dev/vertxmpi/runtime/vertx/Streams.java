package dev.vertxmpi.runtime.vertx;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Makes streams. */
public final class Streams {

  private Streams() {
  }

  /** By name: where there is no epoll on the path, its classes are not there either, nor can those be that use it. */
  static boolean isEpoll(Channel channel) {
    return channel.getClass().getName().equals("io.netty.channel.epoll.EpollSocketChannel");
  }

  /**
   * Connects. With TLS the stream is there before TLS has shaken hands.
   *
   * @param loop of the stream
   * @param host IP address
   * @param port of the server
   * @param timeout of the connection
   * @param tls null for none
   * @return the stream, on the loop
   */
  public static Future<Stream> connect(Context loop, String host, int port, Duration timeout, StreamTls tls) {
    ContextInternal context = (ContextInternal) loop;
    EventLoop events = context.nettyEventLoop();
    Promise<Stream> promise = Promise.promise();
    // Who reads straight from the socket must find all that came.
    boolean[] direct = new boolean[1];
    new Bootstrap().group(events)
        .channelFactory(() -> {
          Channel channel = context.owner().transport().channelFactory(false).newChannel();
          direct[0] = tls == null && isEpoll(channel);
          channel.config().setAutoRead(!direct[0]);
          return channel;
        })
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()))
        .handler(new ChannelInboundHandlerAdapter() {
          @Override
          public void handlerAdded(ChannelHandlerContext added) {
            if (tls != null) {
              added.channel().pipeline().addLast(tls.client(added.channel(), host, port));
            }
          }
        })
        .connect(new InetSocketAddress(InetAddress.ofLiteral(host), port))
        .addListener((io.netty.channel.ChannelFuture connected) -> {
          Channel channel = connected.channel();
          if (!connected.isSuccess()) {
            promise.fail(connected.cause());
            return;
          }
          if (isEpoll(channel)) {
            LoopbackSocket.unpace(channel);
          }
          if (direct[0]) {
            channel.deregister().addListener(free -> promise.complete(new EpollStream(channel, events)));
          } else {
            promise.complete(new ChannelStream(channel));
          }
        });
    return promise.future();
  }
}
