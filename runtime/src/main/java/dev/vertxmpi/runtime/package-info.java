/**
 * The runtime: communicators, matching, collectives, windows on host memory, ports, links, progress and failure
 * detection. It finds name services, memory kinds and file systems through {@link java.util.ServiceLoader} and
 * knows none of them by name. No package of it is meant for users.
 */
package dev.vertxmpi.runtime;
