package dev.vertxmpi.runtime.node;

import dev.vertxmpi.process.ProcessId;

/**
 * A process is gone, for ever.
 *
 * @param process which
 * @param cause one sentence: how it is known
 */
public record Departure(ProcessId process, String cause) {
}
