package dev.vertxmpi.runtime.link;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.fuzz.Fuzz;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever dials or answers may say anything before the first frame: it is refused, and proves nothing. */
class HandshakeFuzzTest {

  private static final KeyRing KEYS = new KeyRing() {
    @Override
    public String keyFor(NodeId peer) {
      return "job:1";
    }

    @Override
    public Optional<byte[]> secret(String name) {
      return Optional.of(new byte[32]);
    }

    @Override
    public boolean admits(NodeId peer, String name) {
      return true;
    }
  };

  private final NodeAddress self = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4711"));
  private final NodeAddress peer = new NodeAddress(NodeId.random(), Map.of("tcp", "127.0.0.1:4712", "bus", "x"));

  private byte[] hello(byte role) {
    return new Hello(role, new byte[Hello.NONCE], "job:1", peer).encode();
  }

  @Test
  void shouldTakeOrRefuseAnyHello() {
    Fuzz.of(hello(Hello.CLIENT), hello(Hello.SERVER)).run(Hello::decode).mustTakeSome();
  }

  @Test
  void shouldLetNobodyInWithoutAProof() {
    byte[] hello = hello(Hello.CLIENT);
    Fuzz.of(join(hello, new byte[32])).refusing(IllegalArgumentException.class, MpiException.class).run(input -> {
      Handshake server = Handshake.server(KEYS, self);
      int cut = Math.min(hello.length, input.length);
      server.receive(Arrays.copyOf(input, cut));
      try {
        server.receive(Arrays.copyOfRange(input, cut, input.length));
      } catch (MpiException refused) {
        assertFalse(server.isDone());
        return;
      }
      throw new AssertionError("a proof without the secret");
    }).mustTakeSome();
  }

  @Test
  void shouldBelieveNoAnswerWithoutAProof() {
    byte[] hello = hello(Hello.SERVER);
    Fuzz.of(join(hello, new byte[32])).refusing(IllegalArgumentException.class, MpiException.class).run(input -> {
      Handshake client = Handshake.client(KEYS, self, peer);
      client.hello();
      int cut = Math.min(hello.length, input.length);
      client.receive(Arrays.copyOf(input, cut));
      try {
        client.receive(Arrays.copyOfRange(input, cut, input.length));
      } catch (MpiException refused) {
        assertFalse(client.isDone());
        return;
      }
      throw new AssertionError("a proof without the secret");
    }).mustTakeSome();
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }
}
