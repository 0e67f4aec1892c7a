package dev.vertxmpi.runtime.port;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.process.ProcessId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Reads what comes over the socket of a join. Big-endian:
 *
 * <pre>
 *   each way           magic "MPIJ" | version (1) | 0 0 0 | job (16 bytes) | rank (4) | incarnation (4)
 *   then, from the     length of the name (2) | name of a port that it has opened
 *   smaller process id
 * </pre>
 *
 * <p>Never holds more bytes than that. Confined to the context of the socket.
 */
final class JoinReader {

  static final int HEADER = 32;

  private static final int MAGIC = 0x4D50494A;
  private static final byte VERSION = 1;

  private final ProcessId self;
  private final Buffer read = Buffer.buffer(HEADER);
  private ProcessId peer;
  private Port port;

  JoinReader(ProcessId self) {
    this.self = self;
  }

  /** How a process introduces itself. */
  static Buffer header(ProcessId process) {
    return Buffer.buffer(HEADER).appendInt(MAGIC).appendByte(VERSION).appendBytes(new byte[3])
        .appendLong(process.job().getMostSignificantBits()).appendLong(process.job().getLeastSignificantBits())
        .appendInt(process.rank()).appendInt(process.incarnation());
  }

  /** What the smaller one sends then. */
  static Buffer port(Port port) {
    byte[] name = port.name().getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer().appendUnsignedShort(name.length).appendBytes(name);
  }

  /**
   * Takes what came.
   *
   * @return whether that is all
   */
  boolean feed(Buffer bytes) {
    if (read.length() + bytes.length() > HEADER + Short.BYTES + Port.MAX_NAME) {
      throw surplus();
    }
    read.appendBuffer(bytes);
    if (read.length() < HEADER) {
      return false;
    }
    if (peer == null) {
      peer = peer();
    }
    return self.compareTo(peer) < 0 ? ends(HEADER) : takePort();
  }

  private ProcessId peer() {
    if (read.getInt(0) != MAGIC) {
      throw wrong("does not begin with the header of a join");
    }
    if (read.getByte(4) != VERSION) {
      throw wrong("joins by version " + read.getByte(4) + ", but this one by version " + VERSION);
    }
    ProcessId id = new ProcessId(new UUID(read.getLong(8), read.getLong(16)), read.getInt(24), read.getInt(28));
    if (id.equals(self)) {
      throw new MpiException(ErrorClass.INTERN, "a process cannot join itself");
    }
    return id;
  }

  private boolean takePort() {
    int start = HEADER + Short.BYTES;
    if (read.length() < start) {
      return false;
    }
    int length = read.getUnsignedShort(HEADER);
    if (length > Port.MAX_NAME) {
      throw wrong("sends a port name of " + length + " bytes");
    }
    if (read.length() < start + length) {
      return false;
    }
    port = Port.parse(read.getString(start, start + length));
    if (!port.owner().equals(peer)) {
      throw wrong("sends the port of another process");
    }
    return ends(start + length);
  }

  private boolean ends(int end) {
    if (read.length() > end) {
      throw surplus();
    }
    return true;
  }

  private static MpiException surplus() {
    return wrong("sends more than a join does");
  }

  private static MpiException wrong(String what) {
    return new MpiException(ErrorClass.OTHER, "what is at the other end of the socket " + what);
  }

  /** Where to connect, once all is read; null where the other side is to connect to us. */
  Port port() {
    return port;
  }
}
