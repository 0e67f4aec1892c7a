/** Communicators: what users hold, made of messages, collectives, windows and connections. */
package dev.vertxmpi.runtime.comm;
