package dev.vertxmpi.runtime.coll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Datatype;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.memory.MessageBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void shouldPutTheCallIntoWords() {
    assertEquals("MPI_Barrier()", Fingerprint.of(CollectiveKind.BARRIER).inWords());
    assertEquals("MPI_Bcast(root 0, INT)", Fingerprint.of(CollectiveKind.BCAST).root(0)
        .signature(MessageBuffer.of(new int[3])).inWords());
    assertEquals("MPI_Reduce(root 12345, SUM, DOUBLE, values)", Fingerprint.of(CollectiveKind.REDUCE).op(Op.SUM)
        .easy().elements(Primitive.DOUBLE, 2).root(12345).inWords());
    assertEquals("MPI_Allreduce(an operation of the user, values)", Fingerprint.of(CollectiveKind.ALLREDUCE)
        .op(Op.of("mine", String.class, String::concat, true)).easy().inWords());
  }

  @Test
  void shouldTellLengthsAndOperationsApart() {
    Fingerprint three = Fingerprint.of(CollectiveKind.BCAST).signature(MessageBuffer.of(new int[3]));
    Fingerprint four = Fingerprint.of(CollectiveKind.BCAST).signature(MessageBuffer.of(new int[4]));
    assertNotEquals(three, four);
    assertEquals(three.inWords(), four.inWords());
    assertTrue(three.inWordsBeside(four).contains("signature"));
    assertNotEquals(Fingerprint.of(CollectiveKind.ALLREDUCE).op(Op.of("a", String.class, String::concat, true)),
        Fingerprint.of(CollectiveKind.ALLREDUCE).op(Op.of("b", String.class, String::concat, true)));
  }

  @Test
  void shouldNotCareHowASignatureWasBuilt() {
    MessageBuffer plain = MessageBuffer.of(new long[6]);
    MessageBuffer pairs = new MessageBuffer(plain.memory(), 0, 3, Datatype.contiguous(2, Datatype.LONG));
    assertEquals(Fingerprint.of(CollectiveKind.BCAST).signature(plain),
        Fingerprint.of(CollectiveKind.BCAST).signature(pairs));
  }

  /** They come from peers. */
  @Property
  void shouldFindWordsForAnyBits(@ForAll long bits, @ForAll long others) {
    assertTrue(new Fingerprint(bits).inWordsBeside(new Fingerprint(others)).length() > 2);
  }
}
