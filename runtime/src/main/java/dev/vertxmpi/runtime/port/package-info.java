/**
 * Ports, and the connections that begin at them.
 *
 * <pre>
 *   Ports        what a rank has opened and published        Door       where connects to a node arrive
 *   Connections  accept and connect on a communicator        OpenPort   accepts and connects meet
 *   Leader, Follower   keep the ranks of one group in step   LedAccept  an accept at the server's root
 *                                                            Dialling   a connect at the client's root
 * </pre>
 */
package dev.vertxmpi.runtime.port;
