package dev.vertxmpi.examples.service;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The orders that one replica keeps.
 *
 * @param amounts total amount by item
 */
record Shard(Map<String, Double> amounts) {

  /** The items that are sold. */
  static final List<String> ITEMS = List.of("apples", "pears", "plums");

  /** Made-up orders: replica r has sold (r + 1) times (i + 1) times 10 of item i. */
  static Shard of(int replica) {
    return new Shard(IntStream.range(0, ITEMS.size()).boxed()
        .collect(Collectors.toMap(ITEMS::get, i -> (replica + 1) * (i + 1) * 10.0)));
  }

  double amount(String item) {
    return amounts.getOrDefault(item, 0.0);
  }
}
