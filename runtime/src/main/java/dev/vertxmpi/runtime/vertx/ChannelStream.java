package dev.vertxmpi.runtime.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

/** A socket behind the pipeline of a channel: with TLS, or where loops are not those of epoll. */
final class ChannelStream extends Stream {

  private static final int LOW_WATER = 64 << 10;
  private static final int HIGH_WATER = 256 << 10;

  private final Channel channel;
  private final Queue<ByteBuf> received = new ArrayDeque<>();
  private Throwable failure;
  private boolean ended;

  ChannelStream(Channel channel) {
    this.channel = channel;
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER, HIGH_WATER));
    channel.pipeline().addLast(new Incoming());
  }

  /** What the pipeline says. */
  private final class Incoming extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      received.add((ByteBuf) message);
      tell();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      tell();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (failure == null) {
        failure = cause;
      }
      tell();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ended = true;
      tell();
      received.forEach(ByteBuf::release);
      received.clear();
    }
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  @Override
  public boolean isHere() {
    return channel.eventLoop().inEventLoop();
  }

  @Override
  public void execute(Runnable action) {
    try {
      channel.eventLoop().execute(action);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and with it the channel.
    }
  }

  @Override
  public int read(MemorySegment to, long offset, int length) throws IOException {
    ByteBuf next = received.peek();
    if (next != null) {
      int step = Math.min(length, next.readableBytes());
      next.readBytes(to.asSlice(offset, step).asByteBuffer());
      if (!next.isReadable()) {
        received.remove().release();
      }
      return step;
    }
    if (failure != null) {
      Throwable root = failure.getCause() == null ? failure : failure.getCause();
      throw new IOException(String.valueOf(root.getMessage()), failure);
    }
    return ended ? -1 : 0;
  }

  @Override
  public int write(MemorySegment first, long firstOffset, int firstLength, MemorySegment second, long secondOffset,
      int secondLength) {
    if (!channel.isWritable()) {
      return 0;
    }
    int length = firstLength + secondLength;
    ByteBuf copy = channel.alloc().buffer(length);
    copy.writeBytes(first.asSlice(firstOffset, firstLength).asByteBuffer());
    copy.writeBytes(second.asSlice(secondOffset, secondLength).asByteBuffer());
    channel.writeAndFlush(copy).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    return length;
  }

  @Override
  public void close() {
    channel.close().addListener(closed -> { });
  }
}
