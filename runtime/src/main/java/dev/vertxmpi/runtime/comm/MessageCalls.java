package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.PointToPoint;
import dev.vertxmpi.Received;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.call.Hold;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Header;
import dev.vertxmpi.runtime.p2p.Messages;
import dev.vertxmpi.runtime.p2p.Outgoing;
import dev.vertxmpi.runtime.p2p.Route;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Supplier;

/** Sends and receives of a communicator, with the options of a view. */
final class MessageCalls implements PointToPoint {

  private final Core core;
  private final CallOptions options;

  MessageCalls(Core core, CallOptions options) {
    this.core = core;
    this.options = options;
  }

  @Override
  public <T> Future<Void> send(T value, int dest, int tag) {
    Supplier<Cargo> cargo = attempt(() -> Cargo.of(core.codecs().encode(value)));
    return core.calls().begin("MPI_Send", options, null, call ->
        start(call, dest, new Header(MessageFlags.VALUE, tag, 0, 0, 0), cargo, false));
  }

  @Override
  public Future<Void> send(MessageBuffer from, int dest, int tag, SendMode mode) {
    Objects.requireNonNull(from);
    if (Objects.requireNonNull(mode) == SendMode.BUFFERED) {
      return sendBuffered(from, dest, tag);
    }
    if (mode != SendMode.SYNCHRONOUS && options.getCancel() == null && sendNow(from, dest, tag)) {
      return core.sent();
    }
    return new BufferSend(core, from, dest, tag, mode).send(options);
  }

  /** Sends a short message within the call, where nothing is in the way. */
  private boolean sendNow(MessageBuffer from, int dest, int tag) {
    if (!from.datatype().isContiguous() || from.bytes() > Messages.SHORT_BYTES || tag < 0 || dest < 0
        || dest >= core.route().peers().size() || !core.rank().domain().enter()) {
      return false;
    }
    try {
      return !core.calls().isClosed() && core.rank().domain().mayGiveAtOnce()
          && core.messages().sendNow(dest, (short) 0, tag, from.datatype().signature().hash(from.count()),
              from.memory().segment(), from.offset(), (int) from.bytes());
    } catch (RuntimeException e) {
      // Memory that is closed, for one: the long way says so.
      return false;
    } finally {
      core.rank().domain().leave();
    }
  }

  static Header header(MessageBuffer from, int tag) {
    return new Header((short) 0, tag, 0, from.datatype().signature().hash(from.count()), 0);
  }

  /** Two calls: one lasts until the copy is gone, the user's ends when the message is on its way. */
  private Future<Void> sendBuffered(MessageBuffer from, int dest, int tag) {
    Hold hold = Hold.of(from);
    Supplier<Cargo> cargo = attempt(() -> {
      hold.check();
      return copy(from);
    });
    MpiException[] refused = new MpiException[1];
    core.calls().<Void>begin("MPI_Bsend", new CallOptions(), null, call -> {
      try {
        start(call, dest, header(from, tag), cargo, false);
      } catch (RuntimeException e) {
        refused[0] = MpiException.of(e);
        throw e;
      }
    });
    Future<Void> begun = core.calls().begin("MPI_Bsend", options, null, call -> {
      if (refused[0] == null) {
        call.complete(null);
      } else {
        call.fail(refused[0]);
      }
    });
    return hold.until(begun);
  }

  private static Cargo copy(MessageBuffer from) {
    byte[] copy = new byte[Math.toIntExact(from.bytes())];
    Packing.pack(from, 0, MemorySegment.ofArray(copy));
    return Cargo.of(copy);
  }

  /** Does something at the call; what it throws is thrown again where the operation starts. */
  private static Supplier<Cargo> attempt(Supplier<Cargo> action) {
    try {
      Cargo cargo = action.get();
      return () -> cargo;
    } catch (ArithmeticException e) {
      return () -> {
        throw new MpiException(ErrorClass.BUFFER, "a buffered message must be shorter than 2 GiB", e);
      };
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }

  private void start(Call<Void> call, int dest, Header header, Supplier<Cargo> cargo, boolean synchronous) {
    checkTag(header.tag(), 0);
    if (dest == Communicator.PROC_NULL) {
      call.complete(null);
      return;
    }
    send(core, call, dest, header, cargo.get(), synchronous);
  }

  /** Sends with arguments that were checked but for the rank. */
  static void send(Core core, Call<Void> call, int dest, Header header, Cargo cargo, boolean synchronous) {
    core.route().checkPeer("dest", dest);
    if (core.messages().isGone(dest)) {
      throw Route.gone(dest);
    }
    Outgoing outgoing = core.messages().send(dest, header, cargo, synchronous, failure -> {
      if (failure == null) {
        call.complete(null);
      } else {
        call.fail(failure);
      }
    });
    call.onWithdraw(why -> {
      if (mayGoOn(why)) {
        outgoing.withdraw(why);
      } else {
        outgoing.abandon(why);
      }
    });
  }

  /** Whether an operation that was matched goes on: not where the communicator itself ends. */
  static boolean mayGoOn(MpiException why) {
    return why.errorClass() == ErrorClass.TIMEOUT || why.errorClass() == ErrorClass.CANCELLED;
  }

  @Override
  public <T> Future<Received<T>> recv(Class<T> type, int source, int tag) {
    Objects.requireNonNull(type);
    return new ValueReceive<>(core, type, source, tag).receive(options);
  }

  @Override
  public Future<Status> recv(MessageBuffer into, int source, int tag) {
    return new BufferReceive(core, into, source, tag).receive(options);
  }

  static void checkTag(int tag, int least) {
    if (tag < least) {
      throw new MpiException(ErrorClass.TAG, "tag must be 0 to " + Communicator.TAG_UB
          + (least < 0 ? " or ANY_TAG" : "") + ", but is " + tag);
    }
  }
}
