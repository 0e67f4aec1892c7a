/**
 * Windows on host memory.
 *
 * <pre>
 *   origin: the domain of its rank               target: a domain of its own, apart from the owner's handlers
 *
 *   put, get, accumulate, fetch
 *     |  Epochs: may it be issued?
 *     v
 *   Lane, one for each target                     Target
 *   [ lock | put | put | flush | unlock ] ------> checks range, applies, in order of arrival; LockQueue
 *          parts of at most 256 KiB       &lt;------ Ack, Data, Fetched, Granted, Released
 *
 *   Meeting: all ranks, at fence and free
 * </pre>
 *
 * <p><b>Completion.</b> An operation is complete locally when the link has let go of its parts, or the replies are in.
 * It is complete remotely when its parts are acknowledged. A fence waits for the acknowledgements of all lanes, then
 * meets the others: each has then had all its operations applied, so all operations to this rank are.
 */
package dev.vertxmpi.runtime.rma;
