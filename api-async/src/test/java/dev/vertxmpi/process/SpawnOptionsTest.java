package dev.vertxmpi.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnOptionsTest {

  @Test
  void shouldGoThroughJson() {
    SpawnOptions options = SpawnOptions.mainClass("a.B").setProcesses(3).setArguments(List.of("x"))
        .setJvmOptions(List.of("-Xmx1g"))
        .setInfo(Map.of("host", "h", "arch", "a", "wdir", "/w", "path", "/p", "soft", "1:3", "other", "ignored"));
    JsonObject json = options.toJson();
    assertEquals(json, new SpawnOptions(json).toJson());
    assertEquals(json, new SpawnOptions(options).toJson());
    assertEquals(Map.of("host", "h", "arch", "a", "wdir", "/w", "path", "/p", "soft", "1:3"), options.toInfo());
    assertEquals(List.of("ls", "-l"), new SpawnOptions(SpawnOptions.command("ls", "-l").toJson()).getCommand());
  }

  @Test
  void shouldRefuseWhatItCannotHold() {
    assertEquals(ErrorClass.ARG, assertThrows(MpiException.class, () -> new SpawnOptions(new JsonObject()))
        .errorClass());
    assertThrows(MpiException.class, SpawnOptions::command);
    assertThrows(MpiException.class, () -> SpawnOptions.mainClass("A").setProcesses(0));
    assertEquals(ErrorClass.INFO_VALUE, assertThrows(MpiException.class,
        () -> SpawnOptions.mainClass("A").setInfo(Map.of("file", "f"))).errorClass());
    assertEquals(ErrorClass.UNSUPPORTED_OPERATION, assertThrows(MpiException.class,
        () -> SpawnOptions.verticles(() -> new VerticleBase() { }).toJson()).errorClass());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"3|3", "1:8:3|7", "1:4|4", "9:2:-3|9", "20:2:-3|8", "11:20|", "0|", "-5:-1|",
      "2,12,5|5", " 1 : 3 , 2|3", "8:1|", "1:1000000000:7|8", "2147483647:1:-1|10", "-2147483648:2147483647:2|10"})
  void shouldFindTheLargestNumberThatIsWelcome(String soft, Integer expected) {
    OptionalInt count = SpawnOptions.mainClass("A").setProcesses(10).setSoft(soft).count();
    assertEquals(expected == null ? OptionalInt.empty() : OptionalInt.of(expected), count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1:2:3:4", "1:2:0", "1,,2", "1:", "99999999999"})
  void shouldNameTheTripletThatIsMalformed(String soft) {
    MpiException wrong = assertThrows(MpiException.class, () -> SpawnOptions.mainClass("A").setSoft(soft));
    assertEquals(ErrorClass.INFO_VALUE, wrong.errorClass());
    assertTrue(wrong.reason().startsWith("soft must hold numbers"), wrong.reason());
  }

  @Test
  void shouldStartAllWhereNothingIsSaid() {
    assertEquals(OptionalInt.of(4), SpawnOptions.mainClass("A").setProcesses(4).count());
  }
}
