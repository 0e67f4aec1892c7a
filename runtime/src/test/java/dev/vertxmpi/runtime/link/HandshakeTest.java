package dev.vertxmpi.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII);

  private final NodeAddress client = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:1"));
  private final NodeAddress server = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:2"));

  /** A side that has declared the other dead, and remembers who has declared it dead. */
  private static final class Grave implements KeyRing {
    private final NodeId dead;
    private final List<NodeId> verdicts = new ArrayList<>();

    Grave(NodeId dead) {
      this.dead = dead;
    }

    @Override
    public String keyFor(NodeId peer) {
      return "job:1";
    }

    @Override
    public Optional<byte[]> secret(String name) {
      return Optional.of(SECRET.clone());
    }

    @Override
    public boolean admits(NodeId peer, String name) {
      return true;
    }

    @Override
    public boolean isDead(NodeId peer) {
      return peer.equals(dead);
    }

    @Override
    public void declaredDeadBy(NodeId peer, String name) {
      verdicts.add(peer);
    }
  }

  private record Ring(String use, Map<String, byte[]> secrets, boolean admitting) implements KeyRing {
    @Override
    public String keyFor(NodeId peer) {
      return use;
    }

    @Override
    public Optional<byte[]> secret(String name) {
      return Optional.ofNullable(secrets.get(name)).map(byte[]::clone);
    }

    @Override
    public boolean admits(NodeId peer, String name) {
      return admitting && secrets.containsKey(name);
    }
  }

  private static Ring ring(byte[] secret) {
    return new Ring("job:1", Map.of("job:1", secret), true);
  }

  private static MpiException refused(Handshake side, byte[] message) {
    MpiException failure = assertThrows(MpiException.class, () -> side.receive(message));
    assertEquals(ErrorClass.ACCESS, failure.errorClass());
    assertFalse(side.isDone());
    assertFalse(failure.getMessage().contains("thirty-two"), failure.getMessage());
    return failure;
  }

  @Test
  void shouldProveBothSides() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    Handshake s = Handshake.server(ring(SECRET), server);
    byte[] hello = c.hello();
    byte[] welcome = s.receive(hello).orElseThrow();
    byte[] proof = c.receive(welcome).orElseThrow();
    assertFalse(s.isDone());
    byte[] answer = s.receive(proof).orElseThrow();
    assertTrue(s.isDone());
    assertFalse(c.isDone());
    assertTrue(c.receive(answer).isEmpty());
    assertTrue(c.isDone());
    assertEquals(client, s.peer());
    assertEquals(server, c.peer());
    for (byte[] message : new byte[][] {hello, welcome, proof, answer}) {
      assertFalse(new String(message, StandardCharsets.ISO_8859_1).contains("secret"));
    }
    assertThrows(IllegalArgumentException.class, () -> s.receive(proof));
    assertThrows(IllegalArgumentException.class, () -> c.receive(answer));
  }

  @Test
  void shouldRefuseAWrongSecret() {
    Handshake c = Handshake.client(ring(new byte[32]), client, server);
    Handshake s = Handshake.server(ring(SECRET), server);
    byte[] proof = c.receive(s.receive(c.hello()).orElseThrow()).orElseThrow();
    refused(s, proof);
  }

  @Test
  void shouldRefuseAServerThatSendsOurProofBack() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    Handshake s = Handshake.server(ring(SECRET), server);
    byte[] proof = c.receive(s.receive(c.hello()).orElseThrow()).orElseThrow();
    refused(c, proof);
  }

  @Test
  void shouldRefuseAProofOfAnotherTime() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    byte[] hello = c.hello();
    byte[] proof = c.receive(Handshake.server(ring(SECRET), server).receive(hello).orElseThrow()).orElseThrow();
    Handshake later = Handshake.server(ring(SECRET), server);
    later.receive(hello);
    refused(later, proof);
  }

  @Test
  void shouldRefuseAKeyThatIsNotValidForTheNode() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    byte[] hello = c.hello();
    refused(Handshake.server(new Ring("job:1", Map.of("job:1", SECRET), false), server), hello);
    refused(Handshake.server(new Ring("job:2", Map.of("job:2", SECRET), true), server), hello);
  }

  @Test
  void shouldRefuseAnotherNodeThanTheOneItWants() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    Handshake other = Handshake.server(ring(SECRET), new NodeAddress(NodeId.random(), Map.of()));
    refused(c, other.receive(c.hello()).orElseThrow());
  }

  @Test
  void shouldNotTakeAHelloOfTheWrongSide() {
    Handshake c = Handshake.client(ring(SECRET), client, server);
    byte[] hello = c.hello();
    assertThrows(IllegalArgumentException.class, () -> c.receive(hello));
    byte[] welcome = Handshake.server(ring(SECRET), server).receive(hello).orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> Handshake.server(ring(SECRET), server).receive(welcome));
  }

  @Test
  void shouldNotBeginWithoutASecret() {
    Handshake c = Handshake.client(new Ring("port:9", Map.of(), true), client, server);
    assertEquals(ErrorClass.ACCESS, assertThrows(MpiException.class, c::hello).errorClass());
  }

  @Test
  void shouldNotMakeALinkOfAProbe() {
    Grave alive = new Grave(null);
    Handshake c = Handshake.probe(alive, client, server);
    Handshake s = Handshake.server(alive, server);
    byte[] proof = c.receive(s.receive(c.hello()).orElseThrow()).orElseThrow();
    byte[] answer = s.receive(proof).orElseThrow();
    assertFalse(s.isDone());
    assertThrows(IllegalArgumentException.class, () -> s.receive(proof));
    assertTrue(c.receive(answer).isEmpty());
    assertTrue(c.isDone());
    assertEquals(List.of(), alive.verdicts);
  }

  @Test
  void shouldBelieveOnlyAVerdictThatIsProved() {
    Grave told = new Grave(null);
    Grave other = new Grave(client.id());
    Handshake c = Handshake.client(told, client, server);
    Handshake s = Handshake.server(other, server);
    byte[] proof = c.receive(s.receive(c.hello()).orElseThrow()).orElseThrow();
    byte[] answer = s.receive(proof).orElseThrow();
    assertFalse(s.isDone());
    byte[] forged = answer.clone();
    forged[5] ^= 1;
    refused(c, forged);
    assertEquals(List.of(), told.verdicts);
    MpiException failure = assertThrows(MpiException.class, () -> c.receive(answer));
    assertEquals(ErrorClass.PROC_FAILED, failure.errorClass());
    assertEquals(List.of(server.id()), told.verdicts);
    assertFalse(c.isDone());
  }
}
