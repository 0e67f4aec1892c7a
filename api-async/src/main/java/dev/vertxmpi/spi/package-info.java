/**
 * What other modules provide: the runtime, kinds of memory, files, name services, clusters.
 *
 * <p>Providers are found by {@link java.util.ServiceLoader}, on the class path and on the module path. Where one is
 * missing, the error names the artifact to add. Programs do not need this package; it changes between minor versions.
 */
package dev.vertxmpi.spi;
