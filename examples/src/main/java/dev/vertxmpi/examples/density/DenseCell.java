package dev.vertxmpi.examples.density;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A cell with many points.
 *
 * @param cell its number, along rows from the top left
 * @param count points in it
 * @param place the name that most of its points have, empty where they have none
 */
record DenseCell(int cell, long count, String place) {

  /** How many are looked for. */
  static final int TOP = 10;

  /** Most points first; of equal ones the upper left first, so that the number of ranks makes no difference. */
  private static final Comparator<DenseCell> ORDER =
      Comparator.comparingLong(DenseCell::count).reversed().thenComparingInt(DenseCell::cell);

  JsonObject toJson() {
    return new JsonObject().put("cell", cell).put("count", count).put("place", place);
  }

  static DenseCell fromJson(JsonObject json) {
    return new DenseCell(json.getInteger("cell"), json.getLong("count"), json.getString("place"));
  }

  /** The densest cells of all ranks, the same at each: collective. */
  static List<DenseCell> find(Intracommunicator world, Raster raster, long[] rows, Points points) {
    int firstCell = raster.firstRow(world.rank(), world.size()) * raster.width();
    List<DenseCell> own = top(IntStream.range(0, rows.length).filter(i -> rows[i] > 0)
        .mapToObj(i -> new DenseCell(firstCell + i, rows[i], "")).toList());
    List<DenseCell> all = new ArrayList<>();
    for (long[] pairs : await(world.allgather(flat(own)))) {
      for (int i = 0; i < pairs.length; i += 2) {
        all.add(new DenseCell((int) pairs[i], pairs[i + 1], ""));
      }
    }
    return named(world, raster, top(all), points);
  }

  private static List<DenseCell> top(List<DenseCell> cells) {
    return cells.stream().sorted(ORDER).limit(TOP).toList();
  }

  private static long[] flat(List<DenseCell> cells) {
    return cells.stream().flatMapToLong(c -> java.util.stream.LongStream.of(c.cell(), c.count())).toArray();
  }

  /** Gives each cell the name that most of its points have, of all ranks; of equal ones the first in the alphabet. */
  private static List<DenseCell> named(Intracommunicator world, Raster raster, List<DenseCell> cells, Points points) {
    Map<Integer, JsonObject> own = new HashMap<>();
    cells.forEach(c -> own.put(c.cell(), new JsonObject()));
    for (int i = 0; i < points.size(); i++) {
      JsonObject names = own.get(raster.cell(points.x(i), points.y(i)));
      if (names != null && !points.name(i).isEmpty()) {
        names.put(points.name(i), names.getLong(points.name(i), 0L) + 1);
      }
    }
    JsonObject message = new JsonObject();
    own.forEach((cell, names) -> message.put(String.valueOf(cell), names));
    Map<Integer, Map<String, Long>> sums = new HashMap<>();
    for (JsonObject counts : await(world.allgather(message))) {
      for (DenseCell c : cells) {
        Map<String, Long> sum = sums.computeIfAbsent(c.cell(), n -> new HashMap<>());
        JsonObject names = counts.getJsonObject(String.valueOf(c.cell()));
        names.fieldNames().forEach(name -> sum.merge(name, names.getLong(name), Long::sum));
      }
    }
    return cells.stream().map(c -> new DenseCell(c.cell(), c.count(), mostFrequent(sums.get(c.cell())))).toList();
  }

  private static String mostFrequent(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .min(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey).orElse("");
  }
}
