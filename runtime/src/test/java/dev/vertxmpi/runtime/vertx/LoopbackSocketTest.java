package dev.vertxmpi.runtime.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackSocketTest {

  private EventLoopGroup group;
  private Channel client;

  @BeforeEach
  void connect() throws InterruptedException {
    assumeTrue(Epoll.isAvailable(), "epoll is of Linux");
    group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Channel server = new ServerBootstrap().group(group).channel(EpollServerSocketChannel.class)
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync().channel();
    client = new Bootstrap().group(group).channel(EpollSocketChannel.class).handler(new ChannelInboundHandlerAdapter())
        .connect(server.localAddress()).sync().channel();
  }

  @AfterEach
  void end() {
    if (group != null) {
      group.shutdownGracefully().syncUninterruptibly();
    }
  }

  @Test
  void shouldSendUnpacedToAPeerOnThisHost() {
    LoopbackSocket.unpace(client);
    assertEquals("reno", StandardCharsets.US_ASCII.decode(client.config().getOption(LoopbackSocket.CONGESTION))
        .toString());
  }

  @Test
  void shouldNotMindASocketThatIsClosed() throws InterruptedException {
    client.close().sync();
    LoopbackSocket.unpace(client);
  }
}
