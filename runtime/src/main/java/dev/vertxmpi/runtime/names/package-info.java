/** The two scopes of service names, and the names of one JVM. */
package dev.vertxmpi.runtime.names;
