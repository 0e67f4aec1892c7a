package dev.vertxmpi.fileio;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;

/**
 * The messages of one collective access. Its tags hold the number of the access, so that nothing of one is ever taken
 * for the next.
 */
final class Wire {

  /** What a message is; see {@link PieceLayout}. */
  enum Kind { PIECE, REPLY, REQUEST }

  /** Tag of the receive that notices the end of the rank. */
  static final int WATCH = 0;

  private final Intracommunicator communicator;
  private final int tags;

  Wire(Intracommunicator communicator, int sequence) {
    this.communicator = communicator;
    this.tags = 4 + ((sequence & 0xFFFFFF) << 2);
  }

  Future<Void> send(Kind kind, Memory from, long bytes, int rank) {
    return communicator.send(MessageBuffer.of(from, bytes, Datatype.BYTE), rank, tags + kind.ordinal());
  }

  /** Settles with the length of what came. */
  Future<Long> receive(Kind kind, Memory into, int rank) {
    return communicator.recv(MessageBuffer.of(into, Datatype.BYTE), rank, tags + kind.ordinal()).map(Status::bytes);
  }

  Future<Void> sendNumber(Kind kind, long number, int rank) {
    Memory message = Memory.of(MemorySegment.ofArray(new byte[Long.BYTES]));
    message.segment().set(PieceLayout.LONG, 0, number);
    return send(kind, message, Long.BYTES, rank);
  }

  Future<Long> receiveNumber(Kind kind, int rank) {
    Memory message = Memory.of(MemorySegment.ofArray(new byte[Long.BYTES]));
    return receive(kind, message, rank).map(bytes -> {
      if (bytes != Long.BYTES) {
        throw RunList.malformed("a number has " + bytes + " bytes");
      }
      return message.segment().get(PieceLayout.LONG, 0);
    });
  }
}
