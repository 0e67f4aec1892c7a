/**
 * Names in Hazelcast maps.
 *
 * <pre>
 *   HazelcastNameService   one per rank: futures, deadlines, close
 *            |  shares
 *        NameTable         publish, unpublish, lookup, list on one map, by compare-and-set
 *            |
 *        NameBackend       where the map is, who this process is in it, who is still there
 *       /         \
 *  MemberBackend  ClientBackend --- name server (a member of its own cluster, with a Reaper)
 * </pre>
 *
 * <p>Hazelcast's calls block, so each runs on a virtual thread, never on an event loop. Those threads are never
 * interrupted: Hazelcast writes to its sockets from the calling thread, and an interrupt would close the connection.
 * Keys and values are strings: any Hazelcast member can hold them, with no class of ours and no Java serialization.
 */
package dev.vertxmpi.hazelcast.impl;
