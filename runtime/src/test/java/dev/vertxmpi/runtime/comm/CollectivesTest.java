package dev.vertxmpi.runtime.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.Op;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectivesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void shouldSumForAll(int size) {
    try (Ranks ranks = new Ranks(size, "local")) {
      ranks.run(world -> world.barrier());
      assertEquals(Collections.nCopies(size, size * (size - 1) / 2), ranks.run(world ->
          world.allreduce(world.rank(), Op.SUM)));
    }
  }
}
