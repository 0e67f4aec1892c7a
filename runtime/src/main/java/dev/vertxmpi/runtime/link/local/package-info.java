/** Links within one JVM. */
package dev.vertxmpi.runtime.link.local;
