package dev.vertxmpi.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A value that a peer sends is one of the type that is asked for, or refused. */
class ValueFuzzTest {

  /** Each open list reserves some places before its elements are read: 64 of them at most lie in each other. */
  private static final long MOST = 400 << 10;

  private record Track(String name, List<Track> parts, int[] marks, Boolean open, Object any, long number) {
  }

  private final CodecRegistry codecs = new CodecRegistry();

  private byte[][] valid() {
    codecs.register(BigInteger.class, number -> Buffer.buffer(number.toByteArray()),
        bytes -> new BigInteger(bytes.getBytes()));
    List<Object> nested = List.of(1);
    for (int i = 0; i < 50; i++) {
      nested = List.of(nested, List.of());
    }
    Track leaf = new Track("leaf", List.of(), new int[] {5}, true, UUID.randomUUID(), -1);
    List<byte[]> all = new ArrayList<>();
    for (Object value : new Object[] {nested, new Track("tree", List.of(leaf, leaf), null, false, "x", 7),
        List.of(true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6.0, "text", BigInteger.TWO, UUID.randomUUID()),
        List.of(new byte[3], new boolean[3], new char[3], new short[3], new int[3], new long[3], new float[3],
            new double[3], Buffer.buffer("bytes")),
        List.of(new JsonObject().put("k", List.of(1, 2.5, "x")), new JsonArray().add(1))}) {
      all.add(codecs.encode(value));
    }
    return all.toArray(byte[][]::new);
  }

  @Test
  void shouldDecodeOrRefuseAnyValues() {
    fuzz(Object.class);
  }

  @Test
  void shouldDecodeOrRefuseAnyRecords() {
    fuzz(Track.class);
  }

  private void fuzz(Class<?> type) {
    Fuzz.of(valid()).allocating(MOST, 100).refusing(MpiException.class).run(input -> {
      try {
        codecs.decode(type, input);
      } catch (MpiException e) {
        assertEquals(ErrorClass.TYPE, e.errorClass());
        throw e;
      }
    }).mustTakeSome();
  }
}
