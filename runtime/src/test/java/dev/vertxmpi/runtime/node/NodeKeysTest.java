package dev.vertxmpi.runtime.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.spi.link.NodeId;
import org.junit.jupiter.api.Test;

class NodeKeysTest {

  private final NodeKeys keys = new NodeKeys("job:1", new byte[32], "invite:1");
  private final NodeId peer = NodeId.random();

  @Test
  void shouldForgetASecretWithItsLastUse() {
    keys.add("connection:1", new byte[] {1}, peer);
    keys.add("connection:1", new byte[] {1}, peer);
    keys.remove("connection:1");
    assertEquals("connection:1", keys.keyFor(peer));
    assertTrue(keys.secret("connection:1").isPresent());
    keys.remove("connection:1");
    assertEquals("job:1", keys.keyFor(peer));
    assertTrue(keys.secret("connection:1").isEmpty());
  }

  @Test
  void shouldKeepTheSecretThatItHad() {
    keys.add("port:1", new byte[] {1}, null);
    keys.add("port:1", new byte[] {2}, peer);
    assertEquals(1, keys.secret("port:1").orElseThrow()[0]);
  }

  @Test
  void shouldNotCountOnANodeThatItKnowsByAPortOnly() {
    keys.add("port:1", new byte[] {1}, peer);
    assertFalse(keys.isCommitted(peer));
    keys.add("connection:1", new byte[] {1}, peer);
    assertTrue(keys.isCommitted(peer));
    assertEquals("port:1", keys.keyFor(peer), "the older one: surely known at the other end");
  }
}
