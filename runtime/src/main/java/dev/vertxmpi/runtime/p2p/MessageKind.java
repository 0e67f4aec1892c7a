package dev.vertxmpi.runtime.p2p;

/**
 * The frames of messages, as offsets from the first code of the layer that uses them. {@code number} counts the
 * messages of a sender and is in {@code second}.
 *
 * <pre>
 *   kind        to         fields                                    payload
 *   EAGER       receiver   header, number                            the message
 *   ANNOUNCE    receiver   header, number                            {@link Announcement}: length and place
 *   PULL        sender     number, first = bytes wanted
 *   DATA        receiver   number, first = offset                    the next bytes
 *   CREDIT      sender     first = cost of what was consumed
 *   WITHDRAW    receiver   number
 *   WITHDRAWN   sender     number: it was not matched and will not be
 *   BROKEN      receiver   number: no more DATA will come, or its memory may change from now on
 *   TAKEN       sender     number: it was read from the sender's memory, or is of no interest any more
 * </pre>
 */
final class MessageKind {

  static final int EAGER = 0;
  static final int ANNOUNCE = 1;
  static final int PULL = 2;
  static final int DATA = 3;
  static final int CREDIT = 4;
  static final int WITHDRAW = 5;
  static final int WITHDRAWN = 6;
  static final int BROKEN = 7;
  static final int TAKEN = 8;
  /** How many there are. */
  static final int COUNT = 9;

  private MessageKind() {
  }
}
