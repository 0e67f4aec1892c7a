package dev.vertxmpi.runtime.p2p;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Envelope;
import java.lang.foreign.MemorySegment;

/** A receive that counts what it gets, and can be posted again. */
final class IdleReceive implements Receive {

  private final int source;
  private final int tag;
  private Place<Receive> place;
  private long matches;

  IdleReceive(int source, int tag) {
    this.source = source;
    this.tag = tag;
  }

  long matches() {
    return matches;
  }

  @Override
  public Place<Receive> place() {
    return place;
  }

  @Override
  public void place(Place<Receive> where) {
    place = where;
  }

  @Override
  public int source() {
    return source;
  }

  @Override
  public int tag() {
    return tag;
  }

  @Override
  public void matched(int from, Envelope envelope, MemorySegment memory, long offset, int length) {
    matches++;
  }

  @Override
  public void matched(Incoming message) {
    matches++;
  }

  @Override
  public void failed(MpiException why) {
    throw why;
  }
}
