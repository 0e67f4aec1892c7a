/**
 * Links over the event bus, which loses, repeats and re-orders: packets are numbered, acknowledged, sent again and put
 * back in order.
 */
package dev.vertxmpi.runtime.link.bus;
