/**
 * The name server. Everything else of this module is found through {@link java.util.ServiceLoader}: the name service on
 * Hazelcast maps ({@link dev.vertxmpi.spi.NameServiceProvider}) and the clustered Vert.x
 * ({@link dev.vertxmpi.spi.ClusterProvider}).
 */
package dev.vertxmpi.hazelcast;
