package dev.vertxmpi.runtime.coll;

/**
 * A rank that a collective talks to.
 *
 * @param lane in which group
 * @param rank in it
 */
record Peer(Lane lane, int rank) {
}
