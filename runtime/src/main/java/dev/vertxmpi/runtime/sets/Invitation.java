package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.node.Nodes;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.link.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The secrets by which members of a set come to each other's nodes. Each node has one, made for its first member of any
 * set, there until the node ends. Whoever reads the set can come; the secret itself is only ever proved.
 */
final class Invitation {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<Node, String> SECRETS = new WeakHashMap<>();

  private Invitation() {
  }

  /** The secret of a node, which lets its holders in from now on. */
  static String to(Node node) {
    synchronized (SECRETS) {
      return SECRETS.computeIfAbsent(node, none -> {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        node.addKey(Nodes.invitation(node.address().id()), key(secret), null);
        return secret;
      });
    }
  }

  /**
   * Lets links go back to somebody who came with the secret of this node, and so has it: no need to know his own. The
   * count of uses stays: the key ends with the node.
   */
  static void greet(Node node, NodeAddress visitor) {
    String name = Nodes.invitation(node.address().id());
    node.addKey(name, key(to(node)), visitor);
    node.removeKey(name);
  }

  /** Lets links go to the node of a member; undone by {@link #forget}. */
  static void use(Node node, SetMember member) {
    node.addKey(Nodes.invitation(member.place().id()), key(member.secret()), member.place());
  }

  static void forget(Node node, SetMember member) {
    node.removeKey(Nodes.invitation(member.place().id()));
  }

  private static byte[] key(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }
}
