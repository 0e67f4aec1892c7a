package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Landing;
import dev.vertxmpi.runtime.p2p.Receive;

/**
 * A receive of the user under way.
 *
 * @param <R> type of the result
 */
abstract class PostedReceive<R> implements Receive {

  private final int source;
  private final int tag;
  private final Call<R> call;
  private Incoming message;

  PostedReceive(int source, int tag, Call<R> call) {
    this.source = source;
    this.tag = tag;
    this.call = call;
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
  public final void matched(Incoming incoming) {
    message = incoming;
    Landing landing;
    try {
      landing = landing(incoming);
    } catch (RuntimeException e) {
      incoming.discard();
      call.fail(e);
      return;
    }
    incoming.deliver(landing, why -> received(incoming, why));
  }

  private void received(Incoming incoming, MpiException why) {
    if (why != null) {
      call.fail(why);
      return;
    }
    R result;
    try {
      result = result(new Status(incoming.source(), incoming.header().tag(), incoming.length()));
    } catch (RuntimeException e) {
      call.fail(e);
      return;
    }
    call.complete(result);
  }

  @Override
  public final void failed(MpiException why) {
    call.fail(why);
  }

  /** Stops writing, after a match. */
  final void abandon() {
    message.abandon();
  }

  /** Checks that the sender used the same form. */
  static void expectForm(Incoming incoming, short form) {
    if ((incoming.header().flags() & MessageFlags.VALUE) != form) {
      throw new MpiException(ErrorClass.TYPE, form == MessageFlags.VALUE
          ? "the message was sent from a buffer: receive it into one"
          : "the message was sent as a value: receive it by its class");
    }
  }

  /** Where the message goes; throws where it does not fit the receive. */
  abstract Landing landing(Incoming incoming);

  /** The result when all bytes are there; throws where they are wrong. */
  abstract R result(Status status);
}
