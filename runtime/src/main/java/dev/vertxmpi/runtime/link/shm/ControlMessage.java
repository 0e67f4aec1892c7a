package dev.vertxmpi.runtime.link.shm;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the ends of a link say on their socket after the handshake: a type and a body, in the frame of
 * {@link dev.vertxmpi.runtime.link.FrameParser}'s messages.
 *
 * <pre>
 *   sender                                               receiver
 *     | <----- RING: name of the file ------------------- |   has written a nonce into it
 *     | ------ ECHO: that nonce, read from the mapping -> |   equal? then both map the same memory
 *     | <----- READY: the sender's nonce, read there ---- |   the file has no name any more
 *   equal?
 *     | <----- BELL: name of a socket, or nothing ------- |   who is asleep on a loop of a rank is woken there
 *     | <----- SPACE ------------------------------------ |   the sender waited for space: there is some
 *     | ------ WAKE ------------------------------------> |   where a bell is broken
 *     | <----- END -------------------------------------- |   the receiver closes in order
 * </pre>
 *
 * @param type one of the constants
 * @param body depends on the type
 */
record ControlMessage(byte type, byte[] body) {

  static final byte RING = 1;
  static final byte ECHO = 2;
  static final byte READY = 3;
  static final byte BELL = 4;
  static final byte SPACE = 5;
  static final byte WAKE = 6;
  static final byte END = 7;

  static ControlMessage decode(byte[] message) {
    return new ControlMessage(message[0], Arrays.copyOfRange(message, 1, message.length));
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  static void send(NetSocket socket, byte type, String body) {
    send(socket, type, body.getBytes(StandardCharsets.UTF_8));
  }

  static void send(NetSocket socket, byte type, byte... body) {
    write(socket, Buffer.buffer(3 + body.length).appendShortLE((short) (1 + body.length)).appendByte(type)
        .appendBytes(body));
  }

  /** A message of the handshake. */
  static void handshake(NetSocket socket, byte[] message) {
    write(socket, Buffer.buffer(2 + message.length).appendShortLE((short) message.length).appendBytes(message));
  }

  private static void write(NetSocket socket, Buffer bytes) {
    socket.write(bytes).onComplete(done -> { });
  }
}
