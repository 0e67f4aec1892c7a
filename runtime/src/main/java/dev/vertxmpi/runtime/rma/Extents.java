package dev.vertxmpi.runtime.rma;

import java.util.Arrays;

/**
 * The memory of all ranks of a window, as everyone knows it. Where all ranks have the same, it takes no room: a JVM may
 * hold thousands of ranks.
 *
 * @param sizes in bytes, by rank; a single one for all
 * @param units of displacements in bytes, by rank; a single one for all
 * @param noLocks whether locks are refused
 */
record Extents(long[] sizes, int[] units, boolean noLocks) {

  Extents {
    sizes = Arrays.stream(sizes).distinct().count() == 1 ? new long[] {sizes[0]} : sizes;
    units = Arrays.stream(units).distinct().count() == 1 ? new int[] {units[0]} : units;
  }

  /** The bytes of a rank. */
  long size(int rank) {
    return sizes[sizes.length == 1 ? 0 : rank];
  }

  /** What displacements into the memory of a rank count. */
  int unit(int rank) {
    return units[units.length == 1 ? 0 : rank];
  }
}
