package dev.vertxmpi.examples.density;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a rank knows when all is counted.
 *
 * @param raster cells and bounds
 * @param rows counts of the rows that this rank keeps
 * @param records points of all ranks
 * @param skipped malformed records of all ranks
 * @param densest the same at every rank
 * @param phases milliseconds at the slowest rank, by phase
 */
record DensityResult(Raster raster, long[] rows, long records, long skipped, List<DenseCell> densest,
    JsonObject phases) {
}
