package dev.vertxmpi.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesOptionsTest {

  @ParameterizedTest
  @CsvSource({
      "true, true", "TRUE, true", "True, true", "yes, true", "YES, true", "1, true", "2, true", "-1, true",
      "+7, true", "00012, true", "' true ', true", "99999999999999999999, true",
      "false, false", "no, false", "0, false", "-0, false", "+0, false", "0000, false", "'', false", "' ', false",
      "on, false", "y, false", "t, false", "truely, false", "1.0, false", "0x1, false", "'1 1', false"})
  void shouldReadBooleansAsDocumented(String value, boolean expected) {
    assertEquals(expected, InfoBoolean.parse(value));
    NameOptions options = new NameOptions().setInfo(Map.of("ompi_unique", value, "ompi_global_scope", value));
    assertEquals(expected, options.isUnique());
    assertEquals(Optional.of(expected ? Scope.GLOBAL : Scope.LOCAL), options.getScope());
  }

  @Test
  void shouldIgnoreKeysItDoesNotKnow() {
    Map<String, String> unknown = Map.of("some_key", "some value");
    assertEquals(new NameOptions().toInfo(), new NameOptions().setInfo(unknown).toInfo());
    assertEquals(new LookupOptions().toInfo(), new LookupOptions().setInfo(unknown).toInfo());
    assertEquals(new PortOptions().toInfo(), new PortOptions().setInfo(unknown).toInfo());
    assertEquals(new ConnectOptions().toInfo(), new ConnectOptions().setInfo(unknown).toInfo());
    assertEquals(new AcceptOptions().toInfo(), new AcceptOptions().setInfo(unknown).toInfo());
  }

  @Test
  void shouldReportTheValuesInForce() {
    assertEquals(Map.of("ompi_unique", "false"), new NameOptions().toInfo());
    assertEquals(Map.of("ompi_unique", "true", "ompi_global_scope", "true"),
        new NameOptions().setUnique(true).setScope(Scope.GLOBAL).toInfo());
    assertEquals(Map.of("ompi_lookup_order", "local,global"), new LookupOptions().toInfo());
    assertEquals(Map.of("ip_port", "0", "queue", "1024"), new PortOptions().toInfo());
    assertEquals(Map.of("ip_port", "80", "ip_address", "::1", "queue", "7"),
        new PortOptions().setIpPort(80).setIpAddress("::1").setQueue(7).toInfo());
    assertEquals(Map.of("timeout", "0"), new AcceptOptions().toInfo());
    assertEquals(Map.of("timeout", "7"), new AcceptOptions().setInfo(Map.of("timeout", " 7 ")).toInfo());
    assertEquals(Map.of("timeout", "30"), new ConnectOptions().toInfo());
  }

  @Test
  void shouldReadWhatItReports() {
    for (NameOptions options : List.of(new NameOptions(), new NameOptions().setScope(Scope.LOCAL),
        new NameOptions().setScope(Scope.GLOBAL).setUnique(true))) {
      assertEquals(options.toInfo(), new NameOptions().setInfo(options.toInfo()).toInfo());
    }
  }

  @Test
  void shouldRefuseAKeyWithoutValue() {
    Map<String, String> info = new HashMap<>();
    info.put("ompi_unique", null);
    assertFails(ErrorClass.INFO_VALUE, () -> new NameOptions().setInfo(info));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "local | LOCAL", "global | GLOBAL", "local,global | LOCAL GLOBAL", "'Global , LOCAL' | GLOBAL LOCAL"})
  void shouldReadTheLookupOrder(String value, String expected) {
    LookupOptions options = new LookupOptions().setInfo(Map.of("ompi_lookup_order", value));
    assertEquals(List.of(expected.split(" ")), options.getOrder().stream().map(Scope::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "local,", "here", "local;global", "local,global,"})
  void shouldRefuseALookupOrderThatIsNone(String value) {
    assertFails(ErrorClass.INFO_VALUE, () -> new LookupOptions().setInfo(Map.of("ompi_lookup_order", value)));
  }

  @Test
  void shouldRefuseTheSameScopeTwice() {
    assertFails(ErrorClass.ARG, () -> new LookupOptions().setOrder(List.of(Scope.LOCAL, Scope.LOCAL)));
    assertFails(ErrorClass.ARG, () -> new LookupOptions().setOrder(List.of()));
    assertFails(ErrorClass.ARG, () -> new LookupOptions().setInfo(Map.of("ompi_lookup_order", "local,local")));
  }

  @Test
  void shouldRefuseNumbersThatAreNone() {
    assertFails(ErrorClass.INFO_VALUE, () -> new PortOptions().setInfo(Map.of("ip_port", "http")));
    assertFails(ErrorClass.ARG, () -> new PortOptions().setInfo(Map.of("ip_port", "65536")));
    assertFails(ErrorClass.ARG, () -> new PortOptions().setIpPort(-1));
    assertFails(ErrorClass.INFO_VALUE, () -> new ConnectOptions().setInfo(Map.of("timeout", "soon")));
    assertFails(ErrorClass.ARG, () -> new ConnectOptions().setTimeout(Duration.ZERO));
    assertFails(ErrorClass.INFO_VALUE, () -> new AcceptOptions().setInfo(Map.of("timeout", "1.5")));
    assertFails(ErrorClass.ARG, () -> new AcceptOptions().setInfo(Map.of("timeout", "-1")));
    assertFails(ErrorClass.INFO_VALUE, () -> new PortOptions().setInfo(Map.of("queue", "long")));
    assertFails(ErrorClass.ARG, () -> new PortOptions().setInfo(Map.of("queue", "0")));
    assertFails(ErrorClass.ARG, () -> new LookupOptions().setWait(Duration.ofMillis(-1)));
  }

  @Test
  void shouldComeBackFromJson() {
    for (NameOptions options : List.of(new NameOptions(), new NameOptions().setScope(Scope.GLOBAL).setUnique(true))) {
      assertEquals(options.toJson(), new NameOptions(text(options.toJson())).toJson());
      assertEquals(options.toJson(), new NameOptions(options).toJson());
    }
    LookupOptions lookup = new LookupOptions().setOrder(List.of(Scope.GLOBAL)).setWait(Duration.ofMillis(1234));
    assertEquals(lookup.toJson(), new LookupOptions(text(lookup.toJson())).toJson());
    assertEquals(lookup.toJson(), new LookupOptions(lookup).toJson());
    PortOptions port = new PortOptions().setIpPort(4711).setIpAddress("127.0.0.1").setQueue(3);
    assertEquals(port.toJson(), new PortOptions(text(port.toJson())).toJson());
    assertEquals(port.toJson(), new PortOptions(port).toJson());
    ConnectOptions connect = new ConnectOptions().setTimeout(Duration.ofMillis(1500));
    assertEquals(connect.toJson(), new ConnectOptions(text(connect.toJson())).toJson());
    assertEquals(connect.toJson(), new ConnectOptions(connect).toJson());
    AcceptOptions accept = new AcceptOptions().setTimeout(Duration.ofMillis(1500));
    assertEquals(accept.toJson(), new AcceptOptions(text(accept.toJson())).toJson());
    assertEquals(accept.toJson(), new AcceptOptions(accept).toJson());
  }

  @Test
  void shouldTakeDefaultsWhereJsonIsSilent() {
    assertEquals(new NameOptions().toJson(), new NameOptions(new JsonObject()).toJson());
    assertEquals(new LookupOptions().toJson(), new LookupOptions(new JsonObject()).toJson());
    assertEquals(new PortOptions().toJson(), new PortOptions(new JsonObject()).toJson());
    assertEquals(new ConnectOptions().toJson(), new ConnectOptions(new JsonObject()).toJson());
    assertEquals(new AcceptOptions().toJson(), new AcceptOptions(new JsonObject()).toJson());
  }

  private static JsonObject text(JsonObject json) {
    return new JsonObject(json.encode());
  }

  private static void assertFails(ErrorClass errorClass, Executable call) {
    assertEquals(errorClass, assertThrows(MpiException.class, call).errorClass());
  }
}
