package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {

  @ParameterizedTest
  @CsvSource({
    "3, rank 2 exited with code 3",
    "137, rank 2 died: killed by signal 9 (SIGKILL)",
    "134, rank 2 died: killed by signal 6 (SIGABRT)",
    "128, rank 2 exited with code 128",
    "255, rank 2 exited with code 255"
  })
  void shouldSayHowAProcessEnded(int code, String sentence) {
    assertEquals(sentence, ExitStatus.sentence(2, code));
  }
}
