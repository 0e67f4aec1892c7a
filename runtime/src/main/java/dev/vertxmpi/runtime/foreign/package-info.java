/** Jobs that somebody else's launcher has started: what their environment says. */
package dev.vertxmpi.runtime.foreign;
