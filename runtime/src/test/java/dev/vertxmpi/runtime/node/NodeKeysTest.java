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
  void shouldKeepASecretForWhoDialsWithIt() {
    keys.add("invite:2", new byte[] {1}, peer);
    Runnable one = keys.hold(peer);
    Runnable other = keys.hold(peer);
    keys.remove("invite:2");
    one.run();
    assertEquals("invite:2", keys.keyFor(peer));
    assertTrue(keys.secret("invite:2").isPresent());
    other.run();
    assertEquals("job:1", keys.keyFor(peer));
    assertEquals(1, keys.size());
  }

  @Test
  void shouldKeepASecretThatIsUsedAgainWhenADialEnds() {
    keys.add("invite:2", new byte[] {1}, peer);
    Runnable dial = keys.hold(peer);
    keys.remove("invite:2");
    keys.add("invite:2", new byte[] {1}, peer);
    dial.run();
    assertEquals("invite:2", keys.keyFor(peer));
    keys.remove("invite:2");
    assertEquals(1, keys.size());
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

  @Test
  void shouldLetInWhoIsInvitedWhateverElseIsKnownOfHim() {
    assertFalse(keys.admits(peer, "invite:1"), "nobody is invited yet");
    keys.add("invite:1", new byte[] {1}, null);
    assertTrue(keys.admits(peer, "invite:1"));
    keys.add("connection:1", new byte[] {2}, peer);
    assertTrue(keys.admits(peer, "invite:1"));
    keys.add("invite:2", new byte[] {3}, null);
    assertFalse(keys.admits(peer, "invite:2"), "an invitation to another node");
    keys.own(peer);
    assertFalse(keys.admits(peer, "invite:1"), "nodes of the job prove the secret of the job");
  }

  @Test
  void shouldGoWhereItIsInvitedByThatInvitation() {
    keys.add("invite:1", new byte[] {1}, peer);
    assertEquals("invite:1", keys.keyFor(peer), "with the own one goes back to who came with it");
    keys.add(Nodes.invitation(peer), new byte[] {2}, peer);
    assertEquals(Nodes.invitation(peer), keys.keyFor(peer));
    NodeId own = NodeId.random();
    keys.own(own);
    keys.add(Nodes.invitation(own), new byte[] {3}, own);
    assertEquals("job:1", keys.keyFor(own));
  }
}
