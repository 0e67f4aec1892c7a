package dev.vertxmpi.runtime.coll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Root;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.runtime.p2p.Cargo;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ranks tell each other in collectives beside the data of the user. */
class CollectiveFuzzTest {

  private static byte[] bundle(int... lengths) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int length : lengths) {
      out.writeBytes(((Parcel.OfBytes) new Bundle(Cargo.of(new byte[length])).own()).bytes());
    }
    return out.toByteArray();
  }

  @Test
  void shouldOpenOrRefuseAnyBundle() {
    Fuzz.of(bundle(3, 0, 20), bundle(5000, 1, 1)).refusing(MpiException.class).run(input -> {
      List<Bundle.Block> blocks = Bundle.open(new Parcel.OfBytes(input), 3);
      assertEquals(3, blocks.size());
      assertTrue(blocks.stream().mapToLong(block -> block.bytes().byteSize()).sum() <= input.length);
    }).mustTakeSome();
  }

  @Test
  void shouldReadAnyAbortOrNothing() {
    byte[] text = "rank 2 ran out of memory".getBytes(StandardCharsets.UTF_8);
    byte[] abort = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) ErrorClass.OTHER.ordinal()).put((byte) 2).putInt(2).putInt(7).put(text).array();
    int[] read = {0};
    Fuzz.of(abort).allocating(16 << 10, 64).refusing().run(input -> {
      MpiException why = Abort.read(MemorySegment.ofArray(input));
      if (why != null) {
        read[0]++;
        assertFalse(why.reason().chars().anyMatch(letter -> letter < ' '));
      }
    });
    assertTrue(read[0] > 0);
  }

  @Test
  void shouldCombineAndCompareAnyClaims() {
    Claims ours = Claims.of(Root.rank(1), 0, 42);
    Fuzz.of(ours.operand(), Claims.of(Root.none(), 0, 0).operand()).refusing(MpiException.class).run(input -> {
      Parcel theirs = new Parcel.OfBytes(input);
      assertEquals(2 * Integer.BYTES, ((Parcel.OfBytes) ours.combine(ours.own(), theirs)).bytes().length);
      Claims.check(ours.own(), theirs);
    }).mustTakeSome();
  }

  @Test
  void shouldPutAnyFingerprintIntoWords() {
    byte[] print = ByteBuffer.allocate(Long.BYTES).putLong(Fingerprint.of(CollectiveKind.BARRIER).root(3).bits())
        .array();
    Fuzz.of(print).refusing().run(input -> {
      Fingerprint theirs = new Fingerprint(input.length < Long.BYTES ? 0 : ByteBuffer.wrap(input).getLong());
      assertFalse(theirs.inWordsBeside(new Fingerprint(0)).isBlank());
    });
  }
}
