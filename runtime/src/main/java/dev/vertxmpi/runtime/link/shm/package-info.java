/**
 * Links between JVMs of one host, over memory that both map.
 *
 * <pre>
 *   sender's process                     files in a directory of the receiver          receiver's process
 *   -----------------                    ------------------------------------          ------------------
 *   ShmLink --> RingProducer ===&gt; ring (unlinked once both map it) ===&gt; RingConsumer --> ShmIncoming
 *      |                                                                                     |
 *      '--- Bell, only where the receiver sleeps --&gt; bell, bell-n (sockets)                  |
 *      '--- handshake, set-up, end, death ---------&gt; control (socket) -----------------------'
 * </pre>
 */
package dev.vertxmpi.runtime.link.shm;
