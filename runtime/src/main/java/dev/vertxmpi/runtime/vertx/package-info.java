/**
 * All that touches the insides of Vert.x and Netty, which move between minor versions: event loops, close hooks,
 * buffers over foreign memory, sockets without a copy.
 */
package dev.vertxmpi.runtime.vertx;
