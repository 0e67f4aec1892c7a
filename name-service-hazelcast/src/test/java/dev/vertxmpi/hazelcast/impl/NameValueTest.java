package dev.vertxmpi.hazelcast.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.process.ProcessId;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameValueTest {

  private static final ProcessId OWNER = new ProcessId(new UUID(1, 2), 3, 4);
  private static final NameValue VALUE = new NameValue("hush-hush", OWNER, 7, 8, "somebody");

  @Property(tries = 200)
  void shouldReadWhatItWrites(@ForAll @StringLength(max = 1024) String port, @ForAll long epoch,
      @ForAll long root) {
    NameValue value = new NameValue(port, OWNER, epoch, root, "somebody");
    assertEquals(Optional.of(value), NameValue.decode(value.encode()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "{}", "[]", "null", "{\"port\":1,\"owner\":2,\"epoch\":3,\"holder\":4}",
      "{\"port\":\"p\",\"owner\":\"nobody\",\"epoch\":3,\"root\":5,\"holder\":\"h\"}"})
  void shouldTakeStrangeValuesForNone(String stored) {
    assertEquals(Optional.empty(), NameValue.decode(stored));
  }

  @Test
  void shouldTakeOtherTypesAndLengthsForNone() {
    assertEquals(Optional.empty(), NameValue.decode(null));
    assertEquals(Optional.empty(), NameValue.decode(42));
    NameValue huge = new NameValue("x".repeat(NameValue.MAX_LENGTH), OWNER, 7, 8, "somebody");
    assertEquals(Optional.empty(), NameValue.decode(huge.encode()));
  }

  @Property(tries = 500)
  void shouldSurviveDamage(@ForAll @IntRange(max = 150) int at, @ForAll char put) {
    StringBuilder text = new StringBuilder(VALUE.encode());
    text.setCharAt(at % text.length(), put);
    NameValue.decode(text.toString()).ifPresent(value -> assertFalse(value.port().isEmpty()));
  }

  @Test
  void shouldTellNoSecrets() {
    assertTrue(VALUE.encode().contains("hush-hush"));
    assertFalse(VALUE.toString().contains("hush"));
  }
}
