package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VoteTest {

  @Test
  void shouldSurviveTheWire() {
    Vote vote = Vote.decode(new Vote(Operation.WRITE, null, 1, -2, Long.MAX_VALUE).encode(), 3);
    assertEquals(Operation.WRITE, vote.operation());
    assertNull(vote.failure());
    assertArrayEquals(new long[] {1, -2, Long.MAX_VALUE}, vote.facts());
  }

  @Test
  void shouldCarryAFailure() {
    MpiException failure = new MpiException(ErrorClass.NO_SPACE, "the disc is full: \u00fcber").in("MPI_File_write");
    Vote vote = Vote.decode(Vote.failed(Operation.CLOSE, failure, 2).encode(), 3);
    assertEquals(ErrorClass.NO_SPACE, vote.failure().errorClass());
    assertEquals(failure.reason(), vote.failure().reason());
    assertEquals(2, vote.facts().length);
  }

  @Property
  void shouldRefuseGarbageWithoutHarm(@ForAll byte[] bytes) {
    try {
      Vote.decode(Buffer.buffer(bytes), 3);
    } catch (MpiException e) {
      assertEquals(ErrorClass.INTERN, e.errorClass());
    }
  }

  @Test
  void shouldRefuseCutVotes() {
    byte[] whole = Vote.failed(Operation.READ, new MpiException(ErrorClass.IO, "x"), 3).encode().getBytes();
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      int length = random.nextInt(4 + 3 * 8);
      assertThrows(MpiException.class, () -> Vote.decode(Buffer.buffer(whole).slice(0, length), 3));
    }
  }

  @Test
  void shouldRefuseLengthsThatCannotBe() {
    byte[] vote = Vote.failed(Operation.READ, new MpiException(ErrorClass.IO, "x"), 1).encode().getBytes();
    byte[] name = vote.clone();
    name[4 + 8] = -1;
    assertThrows(MpiException.class, () -> Vote.decode(Buffer.buffer(name), 3));
    byte[] facts = vote.clone();
    facts[2] = Byte.MAX_VALUE;
    assertThrows(MpiException.class, () -> Vote.decode(Buffer.buffer(facts), 3));
  }
}
