package dev.vertxmpi.datatype;

/** In which order the elements of a multidimensional array lie in memory. */
public enum Order {
  /** The last index varies fastest: rows lie in one piece, as in Java and C. */
  C,
  /** The first index varies fastest: columns lie in one piece, as in Fortran. */
  FORTRAN
}
