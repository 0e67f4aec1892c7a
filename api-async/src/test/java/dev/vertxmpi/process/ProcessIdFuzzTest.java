package dev.vertxmpi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vertxmpi.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A process that somebody names on the event bus or in a map is one, or refused. */
class ProcessIdFuzzTest {

  @Test
  void shouldReadOrRefuseAnyText() {
    byte[] valid = new ProcessId(UUID.randomUUID(), 12, 3).toString().getBytes(StandardCharsets.US_ASCII);
    Fuzz.of(valid).run(input -> {
      ProcessId read = ProcessId.parse(new String(input, StandardCharsets.UTF_8));
      assertEquals(read, ProcessId.parse(read.toString()));
    }).mustTakeSome();
  }
}
