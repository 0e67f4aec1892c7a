/**
 * The name service on Hazelcast maps, one map for each scope, and the name server that holds them. It borrows the
 * Hazelcast instance of a clustered Vert.x where there is one, and starts its own otherwise.
 */
package dev.vertxmpi.hazelcast;
