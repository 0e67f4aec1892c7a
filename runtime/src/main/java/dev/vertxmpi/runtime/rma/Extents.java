package dev.vertxmpi.runtime.rma;

/**
 * The memory of all ranks of a window, as everyone knows it.
 *
 * @param sizes in bytes, by rank
 * @param units of displacements in bytes, by rank
 * @param noLocks whether locks are refused
 */
record Extents(long[] sizes, int[] units, boolean noLocks) {
}
