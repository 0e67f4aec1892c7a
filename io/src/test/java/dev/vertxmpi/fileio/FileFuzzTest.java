package dev.vertxmpi.fileio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import io.vertx.core.buffer.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What ranks of a file tell each other is read, or refused. */
class FileFuzzTest {

  private static final long LOW = 100;
  private static final long HIGH = 1000;

  private static byte[] piece(long... runs) {
    MemorySegment piece = MemorySegment.ofArray(new byte[200]);
    long at = PieceLayout.LIST;
    for (int i = 0; i < runs.length; i++) {
      at = PieceLayout.putNumber(piece, at, i % 2 == 0 ? PieceLayout.zigzag(runs[i]) : runs[i]);
    }
    piece.set(PieceLayout.LONG, PieceLayout.NEXT, HIGH);
    piece.set(PieceLayout.INT, PieceLayout.LIST_BYTES, (int) (at - PieceLayout.LIST));
    return Arrays.copyOf((byte[]) piece.heapBase().orElseThrow(), (int) at + 60);
  }

  private static void fuzz(Fuzz fuzz, Fuzz.Decoder decoder) {
    fuzz.refusing(MpiException.class).run(input -> {
      try {
        decoder.decode(input);
      } catch (MpiException e) {
        assertEquals(ErrorClass.INTERN, e.errorClass());
        throw e;
      }
    }).mustTakeSome();
  }

  @Test
  void shouldReadOrRefuseAnyRuns() {
    fuzz(Fuzz.of(piece(120, 30, 10, 20), piece(900, 100, -800, 5)), input -> {
      RunList list = new RunList(MemorySegment.ofArray(input), LOW, HIGH);
      assertTrue(list.next() >= HIGH);
      for (int runs = 0; list.advance(); runs++) {
        assertTrue(list.local() >= LOW && list.length() > 0 && list.local() + list.length() <= HIGH);
        assertTrue(runs <= input.length);
      }
      assertTrue(list.data().byteSize() <= input.length);
    });
  }

  @Test
  void shouldReadOrRefuseAnyVote() {
    MpiException failure = new MpiException(ErrorClass.NO_SPACE, "the disc is full");
    fuzz(Fuzz.of(new Vote(Operation.WRITE, null, 1, -2, Long.MAX_VALUE).encode().getBytes(),
        Vote.failed(Operation.CLOSE, failure, 2).encode().getBytes()), input ->
        assertTrue(Vote.decode(Buffer.buffer(input), 3).facts().length * Long.BYTES <= input.length));
  }
}
