package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Landing;
import dev.vertxmpi.runtime.p2p.Place;
import dev.vertxmpi.runtime.p2p.Receive;
import dev.vertxmpi.spi.link.Envelope;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;

/**
 * A receive of the user under way.
 *
 * @param <R> type of the result
 */
abstract class PostedReceive<R> extends Call<R> implements Receive {

  private final Core core;
  private final int source;
  private final int tag;
  private Place<Receive> place;
  private Incoming message;
  private boolean posted;

  PostedReceive(Core core, int source, int tag) {
    super(core.calls(), "MPI_Recv");
    this.core = core;
    this.source = source;
    this.tag = tag;
  }

  final Future<R> receive(CallOptions options) {
    return begin(options);
  }

  @Override
  protected final void work() {
    check();
    MessageCalls.checkTag(tag, Communicator.ANY_TAG);
    if (source == Communicator.PROC_NULL) {
      complete(nothing(new Status(Communicator.PROC_NULL, Communicator.ANY_TAG, 0)));
      return;
    }
    if (source != Communicator.ANY_SOURCE) {
      core.route().checkPeer("source", source);
    }
    posted = true;
    core.matcher().post(this);
  }

  @Override
  protected final void withdrawn(MpiException why) {
    if (!posted || core.matcher().withdraw(this)) {
      fail(why);
    } else if (!MessageCalls.mayGoOn(why)) {
      if (message != null) {
        message.abandon();
      }
      fail(why);
    }
  }

  /** Says what is wrong with the arguments of the call. */
  void check() {
  }

  @Override
  public final int source() {
    return source;
  }

  @Override
  public final int tag() {
    return tag;
  }

  @Override
  public final Place<Receive> place() {
    return place;
  }

  @Override
  public final void place(Place<Receive> where) {
    place = where;
  }

  @Override
  public final void matched(Incoming incoming) {
    message = incoming;
    Landing landing;
    try {
      expectForm(incoming.header().flags());
      landing = landing(incoming.source(), incoming.header().check(), incoming.length());
    } catch (RuntimeException e) {
      incoming.discard();
      fail(e);
      return;
    }
    incoming.deliver(landing, why -> received(incoming, why));
  }

  private void received(Incoming incoming, MpiException why) {
    if (why == null) {
      finish(incoming.source(), incoming.header().tag(), incoming.length());
    } else {
      fail(why);
    }
  }

  private void finish(int from, int with, long length) {
    R result;
    try {
      result = result(new Status(from, with, length));
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    complete(result);
  }

  @Override
  public final void matched(int from, Envelope envelope, MemorySegment memory, long offset, int length) {
    try {
      expectForm(envelope.flags());
      take(from, envelope.check(), memory, offset, length);
    } catch (MpiException e) {
      fail(e);
      return;
    } catch (RuntimeException e) {
      fail(new MpiException(ErrorClass.BUFFER, "the memory cannot be written: " + e.getMessage(), e));
      return;
    }
    finish(from, envelope.tag(), length);
  }

  @Override
  public final void failed(MpiException why) {
    fail(why);
  }

  /** Checks that the sender used the same form. */
  private void expectForm(short flags) {
    if ((flags & MessageFlags.VALUE) != form()) {
      throw new MpiException(ErrorClass.TYPE, form() == MessageFlags.VALUE
          ? "the message was sent from a buffer: receive it into one"
          : "the message was sent as a value: receive it by its class");
    }
  }

  /** The result where nobody is the source. */
  abstract R nothing(Status status);

  /** The form that it expects: {@link MessageFlags#VALUE}, or 0 for a buffer. */
  abstract short form();

  /** Where the message goes; throws where it does not fit the receive. */
  abstract Landing landing(int from, long check, long length);

  /** Takes a short message at once, as much as fits. */
  void take(int from, long check, MemorySegment memory, long offset, int length) {
    Landing landing = landing(from, check, length);
    landing.write(0, memory.asSlice(offset, Math.min(length, landing.capacity())));
  }

  /** The result when all bytes are there; throws where they are wrong. */
  abstract R result(Status status);
}
