/**
 * Links: how frames get from one JVM to another.
 *
 * <p>A {@link dev.vertxmpi.spi.link.LinkProvider} opens a node for one sort of link, such as TCP. Each
 * {@link dev.vertxmpi.spi.link.Link} is reliable, ordered and authenticated, and carries
 * {@linkplain dev.vertxmpi.spi.link.Frame frames} headed by an {@link dev.vertxmpi.spi.link.Envelope} in one direction.
 * All bytes from a peer are checked before anything else looks at them.
 */
package dev.vertxmpi.spi.link;
