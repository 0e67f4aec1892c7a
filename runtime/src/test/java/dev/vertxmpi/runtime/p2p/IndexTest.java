package dev.vertxmpi.runtime.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Against queues by key. */
class IndexTest {

  private record Key(int source, int tag) {
  }

  private record Entry(Key key, int number) {
  }

  @Test
  void shouldFindTheOldestOfEachKeyWhateverIsAddedAndRemoved() {
    Random random = new Random(42);
    Index<Entry> index = new Index<>();
    Map<Key, Queue<Entry>> model = new HashMap<>();
    Map<Entry, Place<Entry>> places = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      // Phases with many keys and with few, so that the table grows and drops empty lists.
      int keys = i / 20_000 % 2 == 0 ? 4 : 300;
      if (entries.isEmpty() || random.nextInt(100) < 52) {
        Entry entry = new Entry(new Key(random.nextInt(keys) - 1, random.nextInt(3) - 1), i);
        places.put(entry, index.add(entry.key.source, entry.key.tag, entry));
        model.computeIfAbsent(entry.key, none -> new ArrayDeque<>()).add(entry);
        entries.add(entry);
      } else {
        Entry gone = entries.remove(random.nextInt(entries.size()));
        index.remove(places.remove(gone));
        model.get(gone.key).remove(gone);
      }
      Key asked = new Key(random.nextInt(keys) - 1, random.nextInt(3) - 1);
      Queue<Entry> expected = model.get(asked);
      assertEquals(expected == null ? null : expected.peek(), index.firstEntry(asked.source, asked.tag));
    }
    Set<Entry> all = new HashSet<>();
    index.forEach(all::add);
    assertEquals(new HashSet<>(entries), all);
  }

  @Test
  void shouldNumberPlacesInTheOrderOfAdding() {
    Index<String> index = new Index<>();

    Place<String> first = index.add(1, 1, "a");
    Place<String> second = index.add(2, 2, "b");
    index.remove(first);
    Place<String> third = index.add(3, 3, "c");

    assertTrue(second.number < third.number);
  }
}
