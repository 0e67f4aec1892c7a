package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.runtime.node.FrameKind;
import dev.vertxmpi.runtime.p2p.Inbox;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Messages;
import dev.vertxmpi.runtime.p2p.Route;

/**
 * A group that steps of a schedule talk to: that of an intracommunicator; the own or the remote one of an
 * intercommunicator.
 */
public final class Lane implements Inbox {

  private final CollectiveEngine engine;
  private final Route route;
  private final String where;
  private final String selfWhere;
  private final Messages messages;
  private final RollCall rollCall;

  Lane(CollectiveEngine engine, Route route, String where, String selfWhere) {
    this.engine = engine;
    this.route = route;
    this.where = where;
    this.selfWhere = selfWhere;
    this.messages = new Messages(route, FrameKind.COLLECTIVE, this);
    this.rollCall = new RollCall(route);
  }

  Messages messages() {
    return messages;
  }

  RollCall rollCall() {
    return rollCall;
  }

  /**
   * Between whom.
   *
   * @return the group and this rank
   */
  public Route route() {
    return route;
  }

  int size() {
    return route.peers().size();
  }

  /** A rank, in words. */
  String name(int rank) {
    return "rank " + rank + where;
  }

  /** This rank, in words. */
  String selfName() {
    return "rank " + route.self() + selfWhere;
  }

  @Override
  public void arrived(Incoming message) {
    engine.arrived(this, message);
  }

  @Override
  public void vanished(Incoming message) {
    engine.vanished(this, message);
  }
}
