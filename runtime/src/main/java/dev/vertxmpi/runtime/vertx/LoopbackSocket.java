package dev.vertxmpi.runtime.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sockets of epoll whose peer is on this host. There is no network between them to be spared, but congestion control is
 * at work all the same: BBR, the default of some systems, paces each piece by a timer, which more than halves the
 * bandwidth. Reno, which each Linux has and lets everybody use, sends as fast as the peer takes it.
 */
final class LoopbackSocket {

  private static final Logger LOG = Logger.getLogger(LoopbackSocket.class.getName());

  private static final int IPPROTO_TCP = 6;
  private static final int TCP_CONGESTION = 13;
  private static final byte[] RENO = "reno".getBytes(StandardCharsets.US_ASCII);

  /** Its value holds as many bytes as the name has. */
  static final RawUnixChannelOption CONGESTION =
      new RawUnixChannelOption("TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, RENO.length);

  private LoopbackSocket() {
  }

  /**
   * Has it send unpaced, where the peer is on this host.
   *
   * @param channel of epoll, connected; those of other hosts stay as the system makes them
   */
  static void unpace(Channel channel) {
    if (channel.localAddress() instanceof InetSocketAddress here
        && channel.remoteAddress() instanceof InetSocketAddress there
        && (there.getAddress().isLoopbackAddress() || there.getAddress().equals(here.getAddress()))) {
      try {
        channel.config().setOption(CONGESTION, ByteBuffer.wrap(RENO));
      } catch (ChannelException e) {
        // Closed already, or a system that does not allow it: slower, no worse.
        LOG.log(Level.FINE, "a socket keeps the congestion control of the system", e);
      }
    }
  }
}
