/** Makes the interfaces of {@code dev.vertxmpi} run. */
module dev.vertxmpi.runtime {
  requires transitive dev.vertxmpi;
  requires java.logging;
  requires io.vertx.core;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires static io.netty.transport.classes.epoll;
  requires static io.netty.transport.unix.common;

  exports dev.vertxmpi.runtime.bootstrap to dev.vertxmpi.launcher;

  uses dev.vertxmpi.spi.link.LinkProvider;

  provides io.vertx.core.spi.VertxServiceProvider with dev.vertxmpi.runtime.vertx.PollingServiceProvider;
  provides dev.vertxmpi.spi.RuntimeProvider with dev.vertxmpi.runtime.job.JobRuntime;
  provides dev.vertxmpi.spi.MemoryProvider with dev.vertxmpi.runtime.link.shm.SharedMemoryProvider;
  provides dev.vertxmpi.spi.link.LinkProvider with
      dev.vertxmpi.runtime.link.bus.BusLinkProvider,
      dev.vertxmpi.runtime.link.local.LocalLinkProvider,
      dev.vertxmpi.runtime.link.shm.ShmLinkProvider,
      dev.vertxmpi.runtime.link.tcp.TcpLinkProvider;
}
