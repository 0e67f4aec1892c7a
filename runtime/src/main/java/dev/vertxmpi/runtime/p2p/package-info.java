/**
 * Messages between ranks: protocols, credit and matching. {@link dev.vertxmpi.runtime.p2p.Messages} moves them,
 * {@link dev.vertxmpi.runtime.p2p.Matcher} matches those of users; collectives match their own.
 */
package dev.vertxmpi.runtime.p2p;
