package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;

/**
 * Somebody who has come for a communicator.
 *
 * @param process who
 * @param set of the communicator
 * @param epoch of its snapshot
 * @param context of the communicator
 * @param number of its call, for the answer
 */
record Visitor(ProcessId process, String set, long epoch, ContextId context, long number) {
}
