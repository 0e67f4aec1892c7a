package dev.vertxmpi.rma;

/** What the caller of a fence promises; a hint, never needed. */
public enum FenceAssert {
  /** The local window was not written by local stores since the last fence. */
  NOSTORE,
  /** The local window will not be written by put or accumulate until the next fence. */
  NOPUT,
  /** This fence completes no operations of this rank: it opens a phase only. Must be given by all ranks or none. */
  NOPRECEDE,
  /** This fence opens no phase: no operation follows. Must be given by all ranks or none. */
  NOSUCCEED
}
