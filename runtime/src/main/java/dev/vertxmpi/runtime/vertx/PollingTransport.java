package dev.vertxmpi.runtime.vertx;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * A transport of Vert.x whose event loops can poll: the one that it wraps, with a {@link PollingLoop} around each of
 * its I/O handlers. Loops that accept connections are left as they are.
 */
final class PollingTransport implements Transport {

  private final Transport wrapped;
  private final Spin spin;

  PollingTransport(Transport wrapped, Spin spin) {
    this.wrapped = wrapped;
    this.spin = spin;
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    IoHandlerFactory handlers = wrapped.ioHandlerFactory();
    return new IoHandlerFactory() {
      @Override
      public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new PollingLoop(executor, handlers.newHandler(executor), spin);
      }
    };
  }

  @Override
  public EventLoopGroup eventLoopGroup(int type, int loops, ThreadFactory threads, int ioRatio) {
    return new MultiThreadIoEventLoopGroup(loops, threads,
        type == IO_EVENT_LOOP_GROUP ? ioHandlerFactory() : wrapped.ioHandlerFactory());
  }

  @Override
  public boolean supportsDomainSockets() {
    return wrapped.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return wrapped.supportFileRegion();
  }

  @Override
  public boolean isAvailable() {
    return wrapped.isAvailable();
  }

  @Override
  public Throwable unavailabilityCause() {
    return wrapped.unavailabilityCause();
  }

  @Override
  public java.net.SocketAddress convert(io.vertx.core.net.SocketAddress address) {
    return wrapped.convert(address);
  }

  @Override
  public io.vertx.core.net.SocketAddress convert(java.net.SocketAddress address) {
    return wrapped.convert(address);
  }

  @Override
  @SuppressWarnings("deprecation") // The interface has it so.
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return wrapped.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
    return wrapped.datagramChannelFactory();
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return wrapped.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return wrapped.serverChannelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    wrapped.configure(channel, options);
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
    wrapped.configure(config, domainSocket, bootstrap);
  }

  @Override
  public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
    wrapped.configure(config, domainSocket, bootstrap);
  }
}
