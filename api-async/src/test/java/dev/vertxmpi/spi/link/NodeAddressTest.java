package dev.vertxmpi.spi.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {

  @Test
  void shouldComeBackFromJson() {
    NodeAddress address = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:40123", "bus", "a.b.c"));
    assertEquals(address, NodeAddress.fromJson(new JsonObject(address.toJson().encode())));
    NodeAddress nowhere = new NodeAddress(NodeId.random(), Map.of());
    assertEquals(nowhere, NodeAddress.fromJson(nowhere.toJson()));
  }

  @Test
  void shouldNotChangeWithItsSource() {
    Map<String, String> endpoints = new HashMap<>(Map.of("tcp", "127.0.0.1:1"));
    NodeAddress address = new NodeAddress(NodeId.random(), endpoints);
    endpoints.clear();
    assertEquals(Map.of("tcp", "127.0.0.1:1"), address.endpoints());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "{}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'}",
      "{'endpoints':{}}",
      "{'id':null,'endpoints':{}}",
      "{'id':7,'endpoints':{}}",
      "{'id':'','endpoints':{}}",
      "{'id':'not a uuid','endpoints':{}}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':[]}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':null}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':'tcp'}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':{'tcp':1}}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':{'tcp':null}}",
      "{'id':'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed','endpoints':{'tcp':{'a':'b'}}}"})
  void shouldRefuseOtherJson(String json) {
    JsonObject hostile = new JsonObject(json.replace('\'', '"'));
    assertThrows(IllegalArgumentException.class, () -> NodeAddress.fromJson(hostile));
  }
}
