package dev.vertxmpi.runtime.port;

import dev.vertxmpi.runtime.node.FrameKind;

/**
 * The frames of connections. Three conversations, each with contexts of its own:
 *
 * <pre>
 *   client's root                          server's root (behind the door of its node)
 *        | -- CONNECT -----------------------> |   queued
 *        | <------------------------- OFFER -- |   an accept is there
 *        |    (client's group registers)       |
 *        | -- CONFIRM -----------------------> |   from here the client waits for the server's decision
 *        |                                     |   (server's group registers)
 *        | <------------------- ESTABLISHED -- |
 *
 *        | -- REVOKE ------------------------> |   the client has given up: its accept serves the next connect
 *        | <----------------------- REFUSED -- |   no port, queue full, port closed; also the answer to REVOKE
 *        | <--------------------- WITHDRAWN -- |   the accept has gone: the connect waits for another one
 *
 *   root                                   other ranks of its group
 *        | -- FORM --------------------------> |   remote group, context and key
 *        | <-------------------- REGISTERED -- |   links of that connection are let in from now on
 *        | -- GO ----------------------------> |   the connection exists
 *        | -- BACK --------------------------> |   it does not: forget the form, wait for another
 *        | -- FAIL --------------------------> |   the call is over
 *        | <------------------------- LEAVE -- |   a rank cannot go on: the root fails the call
 * </pre>
 *
 * <p>In envelopes of these kinds {@code sequence} counts the offers of a connect, or the forms of a group.
 */
final class PortKind {

  static final byte CONNECT = FrameKind.PORT;
  static final byte CONFIRM = FrameKind.PORT + 1;
  static final byte REVOKE = FrameKind.PORT + 2;

  static final byte OFFER = FrameKind.PORT + 3;
  static final byte WITHDRAWN = FrameKind.PORT + 4;
  static final byte ESTABLISHED = FrameKind.PORT + 5;
  static final byte REFUSED = FrameKind.PORT + 6;

  static final byte FORM = FrameKind.PORT + 7;
  static final byte GO = FrameKind.PORT + 8;
  static final byte BACK = FrameKind.PORT + 9;
  static final byte FAIL = FrameKind.PORT + 10;
  static final byte REGISTERED = FrameKind.PORT + 11;
  static final byte LEAVE = FrameKind.PORT + 12;

  private PortKind() {
  }
}
