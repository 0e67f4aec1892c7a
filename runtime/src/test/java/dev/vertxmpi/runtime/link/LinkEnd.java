package dev.vertxmpi.runtime.link;

import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.FrameSink;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** One end of links under test: records what comes. */
public final class LinkEnd implements FrameSink, KeyRing {

  /** An incoming link is over. */
  public record Closed(NodeAddress from, Throwable cause) {
  }

  /** A node has said that this one is dead. */
  public record Verdict(NodeId by, String key) {
  }

  /** Gets each frame; lets go of it by default. */
  public volatile Consumer<Frame> taker = Frame::release;
  public final List<NodeAddress> opened = new CopyOnWriteArrayList<>();
  public final List<Closed> closed = new CopyOnWriteArrayList<>();
  public final Map<String, byte[]> secrets = new ConcurrentHashMap<>();
  public final Set<NodeId> dead = ConcurrentHashMap.newKeySet();
  public final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
  /** What is answered to links whose peer is silent. */
  public volatile Future<Void> lives = Future.failedFuture("nobody knows");
  public volatile String key = "job:test";
  public final NodeId id = NodeId.random();
  public final LinkEndpoint endpoint;
  public final NodeAddress address;

  public LinkEnd(Vertx vertx, LinkProvider provider, Duration failureTimeout) {
    this(vertx, provider, failureTimeout, null);
  }

  public LinkEnd(Vertx vertx, LinkProvider provider, Duration failureTimeout, SSLOptions tls) {
    secrets.put(key, new byte[] {1, 2, 3});
    endpoint = provider.open(new LinkContext(vertx, id, "127.0.0.1", this, this, failureTimeout, tls)).await();
    address = new NodeAddress(id, Map.of(provider.name(), endpoint.endpoint()));
  }

  public Future<Link> connect(LinkEnd other) {
    return endpoint.connect(address, other.address);
  }

  @Override
  public void onFrame(NodeAddress from, Frame frame) {
    taker.accept(frame);
  }

  @Override
  public void onOpened(NodeAddress from) {
    opened.add(from);
  }

  @Override
  public void onClosed(NodeAddress from, Throwable cause) {
    closed.add(new Closed(from, cause));
  }

  @Override
  public String keyFor(NodeId peer) {
    return key;
  }

  @Override
  public Optional<byte[]> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public boolean admits(NodeId peer, String name) {
    return secrets.containsKey(name);
  }

  @Override
  public boolean isDead(NodeId peer) {
    return dead.contains(peer);
  }

  @Override
  public void declaredDeadBy(NodeId peer, String name) {
    verdicts.add(new Verdict(peer, name));
  }

  @Override
  public Future<Void> onSilent(NodeAddress from) {
    return lives;
  }
}
