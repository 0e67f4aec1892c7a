/** Links over sockets. */
package dev.vertxmpi.runtime.link.tcp;
