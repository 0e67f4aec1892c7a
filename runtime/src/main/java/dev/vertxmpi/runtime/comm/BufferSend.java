package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.p2p.Cargo;
import io.vertx.core.Future;

/** Sends from a buffer. */
final class BufferSend extends Call<Void> {

  private final Core core;
  private final MessageBuffer from;
  private final int dest;
  private final int tag;
  private final SendMode mode;
  /** Null where the memory is held. */
  private final MpiException unusable;

  BufferSend(Core core, MessageBuffer from, int dest, int tag, SendMode mode) {
    super(core.calls(), "MPI_Send");
    this.core = core;
    this.from = from;
    this.dest = dest;
    this.tag = tag;
    this.mode = mode;
    this.unusable = hold(from.memory());
  }

  Future<Void> send(CallOptions options) {
    return begin(options);
  }

  @Override
  protected void work() {
    if (unusable != null) {
      throw unusable;
    }
    MessageCalls.checkTag(tag, 0);
    if (dest == Communicator.PROC_NULL) {
      complete(null);
    } else {
      MessageCalls.send(core, this, dest, MessageCalls.header(from, tag), Cargo.of(from),
          mode == SendMode.SYNCHRONOUS);
    }
  }
}
