package dev.vertxmpi.runtime.link.shm;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Wakes a loop of another process, from any thread and without one of ours between. */
final class Bell implements AutoCloseable {

  private final SocketChannel channel;

  private Bell(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects; blocks no longer than the system needs for it. */
  static Bell open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Not blocking from the begin: a peer that accepts nothing must not hold us.
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(socket)) && !channel.finishConnect()) {
        throw new IOException("nobody accepts at " + socket);
      }
      return new Bell(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Rings; false where nobody is there any more. */
  boolean ring() {
    try {
      // Where the socket takes no more, it holds a byte that was not yet read: that rings too.
      channel.write(ByteBuffer.allocate(1));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
