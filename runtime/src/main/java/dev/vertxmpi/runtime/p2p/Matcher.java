package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Matches messages with receives, by source and tag, in the order that MPI asks for: a message goes to the receive
 * posted first among those that fit, a receive takes the message that came first among those that fit.
 *
 * <p><b>Death.</b> A receive from a rank that is gone fails, once the messages that came before have been taken. A
 * receive from any source fails only when nobody but this rank itself is left to send; while another lives, it waits.
 */
public final class Matcher implements Inbox {

  private final Route route;
  private final Index<Receive> posted = new Index<>();
  /** Receives from any source or of any tag among those posted. */
  private int wild;
  private final Index<Incoming> unexpected = new Index<>();
  /** As far as this domain has heard: what a peer sent before is handled before its end. */
  private final BitSet gone = new BitSet();

  /**
   * Nothing to match yet.
   *
   * @param route between whom
   */
  public Matcher(Route route) {
    this.route = route;
  }

  /**
   * Posts a receive. It matches a message that is here already, fails, or waits.
   *
   * @param receive with a source and tag that were checked
   */
  public void post(Receive receive) {
    Incoming message = unexpected.firstEntry(receive.source(), receive.tag());
    if (message != null) {
      unexpected.removeAll(message.places());
      receive.matched(message);
    } else if (receive.source() == Communicator.ANY_SOURCE ? isAlone() : gone.get(receive.source())) {
      receive.failed(nobodyLeft(receive));
    } else {
      receive.place(posted.add(receive.source(), receive.tag(), receive));
      wild += isWild(receive) ? 1 : 0;
    }
  }

  /**
   * Takes a receive back.
   *
   * @param receive as posted
   * @return false where it has matched or failed already
   */
  public boolean withdraw(Receive receive) {
    Place<Receive> place = receive.place();
    if (place == null) {
      return false;
    }
    receive.place(null);
    posted.remove(place);
    wild -= isWild(receive) ? 1 : 0;
    return true;
  }

  private static boolean isWild(Receive receive) {
    return receive.source() == Communicator.ANY_SOURCE || receive.tag() == Communicator.ANY_TAG;
  }

  @Override
  public boolean takesNow(int source, Envelope envelope, MemorySegment memory, long offset, int length) {
    if (envelope.tag() < 0) {
      return false;
    }
    Receive receive = find(source, envelope.tag());
    if (receive == null) {
      return false;
    }
    withdraw(receive);
    receive.matched(source, envelope, memory, offset, length);
    return true;
  }

  @Override
  public void arrived(Incoming message) {
    int source = message.source();
    int tag = message.header().tag();
    if (tag < 0) {
      message.discard();
      return;
    }
    Receive receive = find(source, tag);
    if (receive != null) {
      withdraw(receive);
      receive.matched(message);
    } else {
      message.places(unexpected.addAll(source, tag, message));
    }
  }

  /** The receive posted first among those that fit, or null. */
  private Receive find(int source, int tag) {
    Place<Receive> first = posted.first(source, tag);
    if (wild > 0) {
      first = older(older(first, posted.first(source, Communicator.ANY_TAG)),
          older(posted.first(Communicator.ANY_SOURCE, tag),
              posted.first(Communicator.ANY_SOURCE, Communicator.ANY_TAG)));
    }
    return first == null ? null : first.entry;
  }

  private static Place<Receive> older(Place<Receive> a, Place<Receive> b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.number < b.number ? a : b;
  }

  @Override
  public void vanished(Incoming message) {
    unexpected.removeAll(message.places());
  }

  /**
   * A peer is gone. To be called after {@link Messages#departed}.
   *
   * @param rank which
   */
  public void departed(int rank) {
    gone.set(rank);
    List<Receive> hopeless = new ArrayList<>();
    boolean alone = isAlone();
    posted.forEach(receive -> {
      if (receive.source() == rank || (receive.source() == Communicator.ANY_SOURCE && alone)) {
        hopeless.add(receive);
      }
    });
    for (Receive receive : hopeless) {
      if (withdraw(receive)) {
        receive.failed(nobodyLeft(receive));
      }
    }
  }

  /** Whether others were there and none is left. */
  private boolean isAlone() {
    int others = route.peers().size() - (route.isSelf(route.self()) ? 1 : 0);
    return !gone.isEmpty() && gone.cardinality() >= others;
  }

  private static MpiException nobodyLeft(Receive receive) {
    return receive.source() == Communicator.ANY_SOURCE
        ? new MpiException(ErrorClass.PROC_FAILED, "every rank that could send has died or left")
        : Route.gone(receive.source());
  }
}
