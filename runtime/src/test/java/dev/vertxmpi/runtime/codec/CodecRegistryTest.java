package dev.vertxmpi.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CodecRegistryTest {

  private record Point(double x, double y) {
  }

  private record Track(String name, List<Point> points, Point last, int[] marks, Boolean open) {
  }

  private record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("must be positive");
      }
    }
  }

  private record Link(Object next) {
  }

  private final CodecRegistry codecs = new CodecRegistry();

  private <T> T there(Class<T> type, T value) {
    return codecs.decode(type, codecs.encode(value));
  }

  private void refused(Class<?> type, byte[] bytes) {
    assertEquals(ErrorClass.TYPE, assertThrows(MpiException.class, () -> codecs.decode(type, bytes)).errorClass());
  }

  @Test
  void shouldKeepValues() {
    for (Object value : List.of(true, (byte) -1, 'ß', (short) -2, 3, -4L, 1.5f, -2.5, "Grüße \uD83D\uDE00", "",
        Buffer.buffer("bytes"), new JsonObject().put("a", new JsonArray().add(1)), new JsonArray().add("x"),
        UUID.randomUUID(), List.of(1, "two", List.of(3.0)))) {
      Class<?> type = CodecRegistry.classOf(value);
      assertEquals(value, codecs.decode(type, codecs.encode(value)));
      assertEquals(value, codecs.decode(Object.class, codecs.encode(value)));
    }
    assertNull(there(String.class, null));
    assertEquals(7, codecs.decode(int.class, codecs.encode(7)));
  }

  @Test
  void shouldKeepArrays() {
    assertArrayEquals(new byte[] {1, -2}, there(byte[].class, new byte[] {1, -2}));
    assertArrayEquals(new boolean[] {true, false}, there(boolean[].class, new boolean[] {true, false}));
    assertArrayEquals(new char[] {'a', 'ß'}, there(char[].class, new char[] {'a', 'ß'}));
    assertArrayEquals(new short[] {1, -2}, there(short[].class, new short[] {1, -2}));
    assertArrayEquals(new int[] {1, -2, 1 << 30}, there(int[].class, new int[] {1, -2, 1 << 30}));
    assertArrayEquals(new long[] {1, -2}, there(long[].class, new long[] {1, -2}));
    assertArrayEquals(new float[] {1.5f}, there(float[].class, new float[] {1.5f}));
    assertArrayEquals(new double[] {1.5, -0.0}, there(double[].class, new double[] {1.5, -0.0}));
    double[] many = new Random(1).doubles(100_000).toArray();
    assertArrayEquals(many, there(double[].class, many));
  }

  @Test
  void shouldKeepRecords() {
    Track track = new Track("a", List.of(new Point(1, 2), new Point(3, 4)), null, new int[] {5}, true);
    Track got = there(Track.class, track);
    assertEquals(track.points(), got.points());
    assertArrayEquals(track.marks(), got.marks());
    assertEquals(track.open(), got.open());
    assertNull(got.last());
  }

  @Test
  void shouldKeepRegisteredTypes() {
    codecs.register(BigInteger.class, number -> Buffer.buffer(number.toByteArray()),
        bytes -> new BigInteger(bytes.getBytes()));
    BigInteger big = BigInteger.TEN.pow(50);
    assertEquals(big, there(BigInteger.class, big));
    assertEquals(List.of(big), there(List.class, List.of(big)));
    CodecRegistry other = new CodecRegistry();
    assertTrue(assertThrows(MpiException.class, () -> other.decode(BigInteger.class, codecs.encode(big))).getMessage()
        .contains("java.math.BigInteger"));
    assertThrows(MpiException.class, () -> other.encode(big));
  }

  @Test
  void shouldRefuseOtherTypes() {
    refused(String.class, codecs.encode(1));
    refused(int.class, codecs.encode(null));
    refused(int[].class, codecs.encode(new long[1]));
    refused(Point.class, codecs.encode(new Positive(1)));
    refused(Object.class, codecs.encode(new Point(1, 2)));
    refused(String.class, codecs.encode(List.of()));
    refused(Track.class, codecs.encode("text"));
  }

  @Test
  void shouldRefuseWhatARecordRefuses() {
    byte[] bytes = codecs.encode(new Positive(1));
    // The last four bytes are the number.
    Arrays.fill(bytes, bytes.length - 4, bytes.length, (byte) 0);
    refused(Positive.class, bytes);
  }

  @Test
  void shouldRefuseValuesThatLieTooDeep() {
    Object deep = "x";
    for (int i = 0; i < 100; i++) {
      deep = List.of(deep);
    }
    Object value = deep;
    assertThrows(MpiException.class, () -> codecs.encode(value));
    byte[] bytes = new byte[5 * 100_000];
    for (int i = 0; i < bytes.length; i += 5) {
      bytes[i] = ValueKind.LIST;
      bytes[i + 1] = 1;
    }
    refused(List.class, bytes);
  }

  @Test
  void shouldRefuseLengthsThatCannotBe() {
    for (byte kind = ValueKind.NULL + 1; kind < 30; kind++) {
      refused(Link.class, new byte[] {kind, -1, -1, -1, 127});
      refused(Link.class, new byte[] {kind, -1, -1, -1, -1});
      refused(Link.class, new byte[] {kind});
    }
    refused(byte[].class, new byte[0]);
  }

  @Test
  void shouldNotShowWhatAPeerPutsIntoNames() {
    byte[] name = "evil\n\u001b[31m".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[5 + name.length + 1];
    bytes[0] = ValueKind.RECORD;
    bytes[1] = (byte) name.length;
    System.arraycopy(name, 0, bytes, 5, name.length);
    String message = assertThrows(MpiException.class, () -> codecs.decode(Point.class, bytes)).getMessage();
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  /** Whatever comes is decoded or refused with TYPE; nothing else is thrown, nothing large allocated. */
  @Property(tries = 5000)
  void shouldSurviveAnyBytes(@ForAll byte[] bytes) {
    decodeOrRefuse(bytes);
  }

  /** Values with some bytes changed, cut off or added. */
  @Property(tries = 5000)
  void shouldSurviveDamage(@ForAll long seed) {
    Random random = new Random(seed);
    List<Object> parts = new ArrayList<>(List.of(new JsonObject().put("k", 1), "text", new int[] {1, 2}, 5L));
    byte[] bytes = codecs.encode(random.nextBoolean() ? parts
        : new Track("a", List.of(new Point(1, 2)), new Point(3, 4), new int[] {5}, true));
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    decodeOrRefuse(Arrays.copyOf(bytes, Math.max(0, bytes.length + random.nextInt(5) - 2)));
  }

  private void decodeOrRefuse(byte[] bytes) {
    for (Class<?> type : List.of(Object.class, Track.class, List.class, JsonObject.class, int.class)) {
      try {
        codecs.decode(type, bytes);
      } catch (MpiException e) {
        assertEquals(ErrorClass.TYPE, e.errorClass());
      }
    }
  }
}
