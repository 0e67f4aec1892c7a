package dev.vertxmpi.runtime.link;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Two nodes prove to each other that they hold the same secret, before the first frame.
 *
 * <pre>
 *   client                                                server
 *     | ------ hello: nonce, name of the key, address -----> |   is that node admitted with that key?
 *     | <----- hello: nonce, same name, address ------------ |
 *     | ------ HMAC(key, purpose, both hellos) ------------> |   equal?
 *     | <----- HMAC(key, answer, both hellos) -------------- |
 *   equal?
 *
 *   purpose   client   makes a link
 *             probe    asks whether the server is there; no link comes of it
 *             dead     tells the server that the client has declared it dead
 *   answer    server   so be it
 *             dead     the server has declared the client dead, and refuses it
 * </pre>
 *
 * <p>The proofs cover both hellos whole, so with them both nonces and both node ids. The labels keep a proof from being
 * sent back, and make a verdict as sure as a link: only who holds the key can tell a node that it is dead. Where each
 * side has declared the other dead, the one with the lesser id stays. The secret itself never leaves the process. Not
 * thread-safe.
 */
public final class Handshake {

  /** The longest message of a handshake. */
  public static final int MOST = Hello.MOST;

  /** How the first message of each side begins, little-endian: whoever speaks otherwise need not be heard out. */
  public static final int MAGIC = Hello.MAGIC;

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String CLIENT = "client";
  private static final String PROBE = "probe";
  private static final String DEAD = "dead";
  private static final String SERVER = "server";

  private enum State { BEGIN, HELLO_SENT, PROOF_SENT, DONE, OVER }

  private final KeyRing keys;
  private final NodeAddress self;
  private final NodeAddress expected;
  private final boolean probing;
  private String key;
  private State state = State.BEGIN;
  private byte[] clientHello;
  private byte[] serverHello;
  private NodeAddress peer;
  private byte[] secret;

  private Handshake(KeyRing keys, NodeAddress self, NodeAddress expected, boolean probing) {
    this.keys = keys;
    this.self = self;
    this.expected = expected;
    this.probing = probing;
  }

  /**
   * The side that makes the link.
   *
   * @param keys secrets
   * @param self address of this node
   * @param peer whom it wants to reach
   * @return begins with {@link #hello()}
   */
  public static Handshake client(KeyRing keys, NodeAddress self, NodeAddress peer) {
    return new Handshake(keys, self, peer, false);
  }

  /**
   * The side that asks whether a node is there, or tells it that it was declared dead here. It is done when the other
   * side has answered, and no frame may follow.
   *
   * @param keys secrets, and who is dead
   * @param self address of this node
   * @param peer whom it asks
   * @return begins with {@link #hello()}
   */
  public static Handshake probe(KeyRing keys, NodeAddress self, NodeAddress peer) {
    return new Handshake(keys, self, peer, true);
  }

  /**
   * The side that takes the link.
   *
   * @param keys secrets
   * @param self address of this node
   * @return waits for the first message
   */
  public static Handshake server(KeyRing keys, NodeAddress self) {
    return new Handshake(keys, self, null, false);
  }

  /**
   * The first message of the client.
   *
   * @return to be sent
   * @throws MpiException where this side has no secret for the peer
   */
  public byte[] hello() {
    key = keys.keyFor(expected.id());
    secret = keys.secret(key).map(byte[]::clone).orElseThrow(() ->
        new MpiException(ErrorClass.ACCESS, "no key is known for the node " + expected.id()));
    clientHello = new Hello(Hello.CLIENT, nonce(), key, self).encode();
    state = State.HELLO_SENT;
    return clientHello.clone();
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[Hello.NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  /**
   * A message has come.
   *
   * @param message from the peer, not trusted
   * @return what to send back, if anything
   * @throws MpiException with {@link ErrorClass#ACCESS} where the peer must be refused, with
   *     {@link ErrorClass#PROC_FAILED} where the peer refuses this node because it has declared it dead
   * @throws IllegalArgumentException where the message is malformed or out of place
   */
  public Optional<byte[]> receive(byte[] message) {
    return switch (state) {
      case BEGIN -> Optional.of(welcome(message));
      case HELLO_SENT -> expected != null ? Optional.of(answer(message)) : Optional.of(confirm(message));
      case PROOF_SENT -> {
        conclude(message);
        yield Optional.empty();
      }
      case DONE, OVER -> throw new IllegalArgumentException("a handshake has no further message");
    };
  }

  /** Server: the client's hello has come. */
  private byte[] welcome(byte[] message) {
    Hello hello = Hello.decode(message);
    if (hello.role() != Hello.CLIENT) {
      throw new IllegalArgumentException("the hello is not that of a client");
    }
    peer = hello.node();
    if (!keys.admits(peer.id(), hello.key())) {
      throw new MpiException(ErrorClass.ACCESS, "the node " + peer.id() + " came with a key that is not valid for it");
    }
    secret = keys.secret(hello.key()).map(byte[]::clone).orElseThrow(() ->
        new MpiException(ErrorClass.ACCESS, "the node " + peer.id() + " came with a key that is not known"));
    key = hello.key();
    clientHello = message.clone();
    serverHello = new Hello(Hello.SERVER, nonce(), key, self).encode();
    state = State.HELLO_SENT;
    return serverHello.clone();
  }

  /** Client: the server's hello has come. */
  private byte[] answer(byte[] message) {
    Hello hello = Hello.decode(message);
    if (hello.role() != Hello.SERVER) {
      throw new IllegalArgumentException("the hello is not that of a server");
    }
    if (!hello.node().id().equals(expected.id())) {
      throw new MpiException(ErrorClass.ACCESS, "another node than " + expected.id() + " answers there");
    }
    peer = expected;
    serverHello = message.clone();
    state = State.PROOF_SENT;
    return proof(!probing ? CLIENT : keys.isDead(peer.id()) ? DEAD : PROBE);
  }

  /** Server: the client's proof has come. */
  private byte[] confirm(byte[] message) {
    String purpose = check(message, List.of(CLIENT, PROBE, DEAD));
    boolean refused = keys.isDead(peer.id());
    boolean yields = purpose.equals(DEAD)
        && (!refused || peer.id().value().compareTo(self.id().value()) < 0);
    byte[] proof = proof(refused && !yields ? DEAD : SERVER);
    end(purpose.equals(CLIENT) && !refused ? State.DONE : State.OVER);
    if (yields) {
      keys.declaredDeadBy(peer.id(), key);
    }
    return proof;
  }

  /** Client: the server's proof has come. */
  private void conclude(byte[] message) {
    boolean refused = check(message, List.of(SERVER, DEAD)).equals(DEAD);
    end(refused ? State.OVER : State.DONE);
    if (refused) {
      keys.declaredDeadBy(peer.id(), key);
      throw new MpiException(ErrorClass.PROC_FAILED, "the node " + peer.id() + " has declared this node dead");
    }
  }

  private void end(State last) {
    state = last;
    Arrays.fill(secret, (byte) 0);
  }

  /** Which of the labels is proved. */
  private String check(byte[] message, List<String> labels) {
    for (String label : labels) {
      if (MessageDigest.isEqual(proof(label), message)) {
        return label;
      }
    }
    throw new MpiException(ErrorClass.ACCESS, "the node " + peer.id() + " does not hold the key that it names");
  }

  private byte[] proof(String label) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(label.getBytes(StandardCharsets.US_ASCII));
      mac.update(digest(clientHello));
      return mac.doFinal(digest(serverHello));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256 and SHA-256", e);
    }
  }

  private static byte[] digest(byte[] hello) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(hello);
  }

  /**
   * Whether both sides have proved who they are and agree. Never true for the server of a probe: frames may not follow
   * there, and the client hangs up.
   *
   * @return true when nothing is left to come
   */
  public boolean isDone() {
    return state == State.DONE;
  }

  /**
   * The name of the secret that both sides use.
   *
   * @return null before the first hello
   */
  public String key() {
    return key;
  }

  /**
   * The other side.
   *
   * @return proved once {@link #isDone()}
   */
  public NodeAddress peer() {
    return peer;
  }
}
