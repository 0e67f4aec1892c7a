package dev.vertxmpi.hazelcast.impl;

import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.process.ProcessId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Others may write to the map of names: what they write is a value, or none. */
class NameValueFuzzTest {

  @Test
  void shouldMakeAValueOrNothingOfAnyText() {
    byte[] valid = new NameValue("a port", new ProcessId(new UUID(1, 2), 3, 4), 7, 8, "somebody").encode()
        .getBytes(StandardCharsets.UTF_8);
    Fuzz.of(valid).allocating(64 << 10, 200).refusing().run(input ->
        NameValue.decode(new String(input, StandardCharsets.UTF_8)));
  }
}
