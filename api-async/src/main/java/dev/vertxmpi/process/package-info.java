/**
 * Who takes part: processes, groups and contexts.
 *
 * <p>A {@link dev.vertxmpi.process.ProcessId} names a rank for ever, across jobs. A
 * {@link dev.vertxmpi.process.Group} is an ordered set of them. A {@link dev.vertxmpi.process.ContextId} keeps the
 * traffic of one communicator, window or connection apart from all other.
 */
package dev.vertxmpi.process;
