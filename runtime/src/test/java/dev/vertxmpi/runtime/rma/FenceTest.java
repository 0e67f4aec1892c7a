package dev.vertxmpi.runtime.rma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Op;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class FenceTest {

  @Test
  void shouldPutIntoTheNextRank() {
    try (WindowRanks ranks = new WindowRanks(3, "local")) {
      List<Window> windows = ranks.windows(i -> WindowOptions.allocate(MemoryKind.HOST, 1 << 20));
      ranks.run(windows, (window, i) -> window.fenced(w ->
          w.put(MessageBuffer.of(new int[] {i, 10 * i}), (i + 1) % 3, Region.at(8))));
      for (int i = 0; i < 3; i++) {
        assertEquals((i + 2) % 3, windows.get(i).memory().segment().get(ValueLayout.JAVA_INT, 8));
      }
      long[][] got = new long[3][100_000];
      ranks.run(windows, (window, i) -> window.fenced(w ->
          w.accumulate(MessageBuffer.of(new long[100_000]), 0, Region.at(0), Op.SUM)));
      ranks.run(windows, (window, i) -> window.fenced(w -> w.get(MessageBuffer.of(got[i]), 0, Region.at(0))));
      assertArrayEquals(got[0], got[1]);
      ranks.run(windows, (window, i) -> window.free());
    }
  }
}
