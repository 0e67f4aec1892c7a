package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

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
  /** In the order of posting, with its place in that order. */
  private final Map<Receive, Long> places = new IdentityHashMap<>();
  private final Index<Incoming> unexpected = new Index<>();
  private long lastPlace;
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
    Incoming message = unexpected.first(receive.source(), receive.tag());
    if (message != null) {
      unexpected.removeAll(message.source(), message.header().tag(), message);
      receive.matched(message);
    } else if (receive.source() == Communicator.ANY_SOURCE ? isAlone() : gone.get(receive.source())) {
      receive.failed(nobodyLeft(receive));
    } else {
      places.put(receive, ++lastPlace);
      posted.add(receive.source(), receive.tag(), receive);
    }
  }

  /**
   * Takes a receive back.
   *
   * @param receive as posted
   * @return false where it has matched or failed already
   */
  public boolean withdraw(Receive receive) {
    if (places.remove(receive) == null) {
      return false;
    }
    posted.remove(receive.source(), receive.tag(), receive);
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
    Receive receive = older(older(posted.first(source, tag), posted.first(source, Communicator.ANY_TAG)),
        older(posted.first(Communicator.ANY_SOURCE, tag),
            posted.first(Communicator.ANY_SOURCE, Communicator.ANY_TAG)));
    if (receive != null) {
      withdraw(receive);
      receive.matched(message);
    } else {
      unexpected.addAll(source, tag, message);
    }
  }

  private Receive older(Receive a, Receive b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return places.get(a) < places.get(b) ? a : b;
  }

  @Override
  public void vanished(Incoming message) {
    unexpected.removeAll(message.source(), message.header().tag(), message);
  }

  /**
   * A peer is gone. To be called after {@link Messages#departed}.
   *
   * @param rank which
   */
  public void departed(int rank) {
    gone.set(rank);
    List<Receive> hopeless = new ArrayList<>();
    for (Receive receive : places.keySet()) {
      if (receive.source() == rank || (receive.source() == Communicator.ANY_SOURCE && isAlone())) {
        hopeless.add(receive);
      }
    }
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
