/**
 * Ports and published names: how programs that were not started together find each other.
 *
 * <p>A server opens a {@link dev.vertxmpi.names.Port}, publishes it under a name in a
 * {@linkplain dev.vertxmpi.names.Scope scope} and accepts; a client looks the name up and connects. The name of a port
 * also works without a name service. Options read and report the info keys that MPI programs know.
 */
package dev.vertxmpi.names;
