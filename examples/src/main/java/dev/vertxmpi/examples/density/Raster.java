package dev.vertxmpi.examples.density;

/**
 * Cells over a box, and which rank keeps which rows.
 *
 * <pre>
 *           minX                    maxX
 *     maxY  +---+---+---+---+---+---+
 *           | 0 | 1 | 2 | ...       |   rows of rank 0
 *           +---+---+---+---+---+---+
 *           |width ...              |   rows of rank 1
 *     minY  +---+---+---+---+---+---+
 * </pre>
 *
 * @param width cells in a row
 * @param height rows
 * @param bounds the box
 */
record Raster(int width, int height, Bounds bounds) {

  /** The cell of a point in the box, counted along rows from the top left. Does not depend on who asks. */
  int cell(double x, double y) {
    int column = slot(x - bounds.minX(), bounds.maxX() - bounds.minX(), width);
    int row = slot(bounds.maxY() - y, bounds.maxY() - bounds.minY(), height);
    return row * width + column;
  }

  private static int slot(double distance, double span, int slots) {
    return span == 0 ? 0 : Math.min(slots - 1, (int) (distance / span * slots));
  }

  /** The horizontal middle of a cell. */
  double middleX(int cell) {
    return bounds.minX() + (cell % width + 0.5) / width * (bounds.maxX() - bounds.minX());
  }

  /** The vertical middle of a cell. */
  double middleY(int cell) {
    return bounds.maxY() - (cell / width + 0.5) / height * (bounds.maxY() - bounds.minY());
  }

  /** The first row of a rank; for the rank after the last one, the height. */
  int firstRow(int rank, int ranks) {
    return (int) ((long) height * rank / ranks);
  }

  /** The number of rows of a rank, possibly none. */
  int rows(int rank, int ranks) {
    return firstRow(rank + 1, ranks) - firstRow(rank, ranks);
  }
}
