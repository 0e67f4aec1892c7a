/** Values of the easy forms to bytes and back. What comes from a peer is believed only after it was checked. */
package dev.vertxmpi.runtime.codec;
