package dev.vertxmpi.hazelcast.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @Test
  void shouldReadNamesAndAddresses() {
    assertEquals(new Endpoint("names.example.org", 5690), Endpoint.parse("names.example.org:5690"));
    assertEquals(new Endpoint("127.0.0.1", 1), Endpoint.parse(" 127.0.0.1:1 "));
    assertEquals(new Endpoint("::1", 65535), Endpoint.parse("[::1]:65535"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:5690", "[::1]:5690", "a-b_c.d:1"})
  void shouldWriteWhatItReads(String text) {
    assertEquals(text, Endpoint.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "host", "host:", ":1", "host:0", "host:65536", "host:-1", "host:x", "::1:5690",
      "a b:1", "host:99999999999", "[]:1", "a,b:1", "a/b:1"})
  void shouldRefuseAllElse(String text) {
    MpiException error = assertThrows(MpiException.class, () -> Endpoint.parse(text));
    assertEquals(ErrorClass.ARG, error.errorClass());
  }

  @Property(tries = 500)
  void shouldReadOrRefuseAnyText(@ForAll String text) {
    try {
      Endpoint read = Endpoint.parse(text);
      assertEquals(read, Endpoint.parse(read.toString()));
    } catch (MpiException e) {
      assertEquals(ErrorClass.ARG, e.errorClass());
      assertTrue(e.getMessage().length() < 300);
    }
  }

  @Test
  void shouldRefuseToListenEverywhere() {
    assertThrows(MpiException.class, () -> Endpoint.listenAt("0.0.0.0"));
    assertEquals("127.0.0.1", Endpoint.listenAt("127.0.0.1"));
  }
}
