package dev.vertxmpi.runtime.p2p;

/** Who decides what becomes of incoming messages. Called in the domain, in the order of arrival. */
public interface Inbox {

  /**
   * A message has come. It is delivered within this call, or kept until later.
   *
   * @param message its header, and its bytes or the announcement of them
   */
  void arrived(Incoming message);

  /**
   * A message that was kept is no more: its sender withdrew it or died.
   *
   * @param message never delivered
   */
  void vanished(Incoming message);
}
