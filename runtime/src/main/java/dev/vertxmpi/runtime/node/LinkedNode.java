package dev.vertxmpi.runtime.node;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.node.Farewells.Farewell;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.FrameSink;
import dev.vertxmpi.spi.link.KeyRing;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The node of a JVM.
 *
 * <p>A goodbye is a frame of its own kind:
 *
 * <pre>
 *   context   the job of the process that leaves
 *   source    its rank in the world of that job
 *   tag       its incarnation
 * </pre>
 *
 * <p>How a death is found out: {@link Inquest}.
 */
final class LinkedNode implements Node, FrameSink {

  /** The link whose places a user may choose. */
  private static final String SOCKETS = "tcp";
  private static final String CLOSED = "it has closed";

  private final NodeId id;
  private final UUID job;
  private final NodeKeys keys;
  private final Directory directory = new Directory();
  private final Bindings bindings = new Bindings();
  private final Inquest inquest;
  /** How many links come in from each node. */
  private final Map<NodeId, Integer> incoming = new ConcurrentHashMap<>();
  private final BlockingWork work;
  private NodeAddress address;
  private LinkTable links;
  private Future<Void> closed;

  LinkedNode(NodeId id, UUID job, byte[] jobKey, BlockingWork work) {
    this.id = id;
    this.work = work;
    this.job = job;
    this.keys = new NodeKeys("job:" + job, jobKey, Nodes.invitation(id));
    this.inquest = new Inquest(id, keys, directory, bindings, this::depart, this::close);
  }

  /** What links need to know of other nodes. */
  KeyRing keys() {
    return new KeyRing() {
      @Override
      public String keyFor(NodeId peer) {
        return keys.keyFor(peer);
      }

      @Override
      public Optional<byte[]> secret(String name) {
        return keys.secret(name);
      }

      @Override
      public boolean admits(NodeId peer, String name) {
        return keys.admits(peer, name);
      }

      @Override
      public boolean isDead(NodeId peer) {
        return inquest.isDead(peer);
      }

      @Override
      public void declaredDeadBy(NodeId peer, String name) {
        inquest.declaredDeadBy(peer, name);
      }
    };
  }

  /** Links come in from the time their endpoints open; from now on they also go out. */
  void start(Map<String, LinkEndpoint> endpoints) {
    Map<String, String> texts = new LinkedHashMap<>();
    endpoints.forEach((name, endpoint) -> texts.put(name, endpoint.endpoint()));
    address = new NodeAddress(id, texts);
    links = new LinkTable(address, endpoints, this, inquest::lost, this::lookAfter, keys::hold);
    inquest.start(links);
    keys.own(id);
  }

  @Override
  public NodeAddress address() {
    return address;
  }

  @Override
  public Future<NodeAddress> listen(String host, int port) {
    LinkEndpoint sockets = links.endpoint(SOCKETS);
    if (sockets == null) {
      return Future.failedFuture(new MpiException(ErrorClass.ARG,
          "ip_address and ip_port need the link " + SOCKETS + ", but links leaves it out"));
    }
    return sockets.listen(host, port).map(place -> {
      Map<String, String> texts = new LinkedHashMap<>(address.endpoints());
      texts.put(SOCKETS, place);
      return new NodeAddress(id, texts);
    });
  }

  @Override
  public Future<Void> unlisten(NodeAddress place) {
    return links.endpoint(SOCKETS).unlisten(place.endpoints().get(SOCKETS));
  }

  /** Where nodes of the job are is for the job to say: what a foreign group says of a node that we know is ignored. */
  @Override
  public void introduce(ProcessId process, NodeAddress place) {
    boolean own = process.job().equals(job);
    if (inquest.isDead(place.id())) {
      directory.depart(new Departure(process, "its node was declared dead before"));
    } else if (directory.introduce(process, own ? place : directory.known(place)) && own) {
      keys.own(place.id());
    }
  }

  @Override
  public Optional<NodeAddress> whereIs(ProcessId process) {
    return Optional.ofNullable(directory.whereIs(process));
  }

  @Override
  public boolean livesAt(ProcessId process, NodeId at) {
    return directory.livesAt(process, at);
  }

  @Override
  public void addKey(String name, byte[] secret, NodeAddress peer) {
    keys.add(name, secret, peer == null ? null : peer.id());
  }

  @Override
  public void removeKey(String name) {
    keys.remove(name);
  }

  @Override
  public boolean abandon(NodeId peer, String key) {
    boolean alone = keys.isLast(peer, key) && links.abandon(peer,
        new MpiException(ErrorClass.PROC_FAILED, "nobody waits for the node " + peer + " any more"));
    if (alone) {
      directory.forget(peer);
    }
    return alone;
  }

  @Override
  public void bind(ContextId context, int rank, Endpoint endpoint) {
    bindings.bind(context, rank, endpoint);
  }

  @Override
  public void unbind(ContextId context, int rank) {
    bindings.unbind(context, rank);
  }

  @Override
  public Future<Void> send(ProcessId to, Frame frame) {
    NodeAddress place = directory.whereIs(to);
    return place == null ? Future.failedFuture(unreachable(to)) : links.to(place).send(frame);
  }

  @Override
  public Outlet outlet(ProcessId to) {
    NodeAddress place = directory.whereIs(to);
    return place == null ? null : links.to(place);
  }

  @Override
  public Future<MemorySegment> map(ProcessId owner, String region) {
    NodeAddress place = directory.whereIs(owner);
    return place == null ? Future.failedFuture(unreachable(owner)) : links.map(place, region);
  }

  @Override
  public Runnable progressOn(Context context) {
    return links.progressOn(context, directory.nodes());
  }

  @Override
  public Future<Void> attend(ProcessId process) {
    NodeAddress place = directory.whereIs(process);
    return place == null ? Future.failedFuture(unreachable(process)) : links.to(place).made();
  }

  private MpiException unreachable(ProcessId process) {
    Departure departure = directory.departure(process);
    return new MpiException(ErrorClass.PROC_FAILED, departure == null
        ? "the process " + process + " is not known here"
        : "the process " + process + " is gone: " + departure.cause());
  }

  @Override
  public boolean isCongested(ProcessId to) {
    NodeAddress place = directory.whereIs(to);
    return place != null && links.to(place).isCongested();
  }

  @Override
  public void onDrain(ProcessId to, Runnable action) {
    NodeAddress place = directory.whereIs(to);
    if (place == null) {
      action.run();
    } else {
      links.to(place).onDrain(action);
    }
  }

  @Override
  public Runnable watch(Consumer<Departure> watcher) {
    return directory.watch(watcher);
  }

  @Override
  public Runnable watch(ProcessId process, Consumer<Departure> watcher) {
    return directory.watch(process, watcher);
  }

  @Override
  public Runnable follow(Executor executor, Consumer<Departure> follower) {
    return directory.follow(executor, follower);
  }

  @Override
  public boolean isGone(ProcessId process) {
    return directory.departure(process) != null;
  }

  @Override
  public void depart(Departure departure) {
    directory.depart(departure).filter(emptied -> !emptied.equals(id)).ifPresent(emptied -> {
      links.drop(emptied, new MpiException(ErrorClass.PROC_FAILED,
          "nobody is left at the node " + emptied + ": " + departure.cause()));
      keys.forget(emptied);
    });
  }

  @Override
  public Future<Void> onSilent(NodeAddress from) {
    return inquest.silent(from);
  }

  @Override
  public Optional<MpiException> verdict() {
    return inquest.verdict();
  }

  /**
   * Who closes a link in order has said goodbye for all who lived there. If not, it is to be seen whether they do; but
   * a foreign node says it only to those that it has linked to, and closes its links only at its end.
   */
  private void lookAfter(NodeAddress peer) {
    if (!keys.isOwn(peer.id())) {
      inquest.departAll(peer.id(), "its node has closed");
    } else if (!directory.at(peer.id()).isEmpty()) {
      links.to(peer);
    }
  }

  @Override
  public Future<Void> leave(ProcessId process, Optional<Farewells> farewells) {
    Frame goodbye = Frame.of(new Envelope(FrameKind.GOODBYE, (short) 0,
        new ContextId(process.job().getMostSignificantBits(), process.job().getLeastSignificantBits()),
        process.rank(), 0, process.incarnation(), 0, 0, 0, 0));
    List<Future<Void>> said = new ArrayList<>();
    Set<NodeId> told = new HashSet<>();
    for (NodeAddress peer : directory.nodes()) {
      boolean linked = links.has(peer.id()) || incoming.containsKey(peer.id());
      boolean heardElsewhere = farewells.isPresent() && keys.isOwn(peer.id());
      if (!peer.id().equals(id) && (linked || (keys.isCommitted(peer.id()) && !heardElsewhere))) {
        told.add(peer.id());
        said.add(links.to(peer).send(goodbye));
      }
    }
    farewells.ifPresent(others -> said.add(others.say(new Farewell(process, told))));
    depart(new Departure(process, CLOSED, true));
    return Future.join(said).transform(outcome -> Future.succeededFuture());
  }

  @Override
  public void hear(Farewell farewell) {
    if (farewell.process().job().equals(job) && !farewell.told().contains(id)) {
      depart(new Departure(farewell.process(), CLOSED, true));
    }
  }

  @Override
  public BlockingWork work() {
    return work;
  }

  @Override
  public Traffic traffic() {
    return links.traffic();
  }

  @Override
  public synchronized Future<Void> close() {
    if (closed == null) {
      inquest.close();
      closed = links.close().onComplete(done -> bindings.close()).transform(done -> work.settled());
    }
    return closed;
  }

  /** What it holds, in numbers: the same before and after work that leaves nothing behind. */
  @Override
  public String toString() {
    return "Node[" + id + ", processes=" + directory.size() + ", watchers=" + directory.watcherCount() + ", links="
        + links.size() + ", bindings=" + bindings.size() + ", keys=" + keys.size() + "]";
  }

  @Override
  public void onFrame(NodeAddress from, Frame frame) {
    if (inquest.isDead(from.id())) {
      frame.release();
    } else if (frame.envelope().kind() == FrameKind.GOODBYE) {
      frame.release();
      goodbye(from.id(), frame.envelope());
    } else {
      bindings.deliver(from.id(), frame);
    }
  }

  @Override
  public void onFrame(NodeAddress from, Envelope envelope, MemorySegment memory, long offset, int length) {
    if (inquest.isDead(from.id())) {
      return;
    }
    if (envelope.kind() == FrameKind.GOODBYE) {
      goodbye(from.id(), envelope);
    } else {
      bindings.deliver(from.id(), envelope, memory, offset, length);
    }
  }

  private void goodbye(NodeId from, Envelope envelope) {
    ProcessId process = new ProcessId(new UUID(envelope.context().high(), envelope.context().low()),
        envelope.source(), envelope.tag());
    NodeAddress place = directory.whereIs(process);
    if (place != null && place.id().equals(from)) {
      depart(new Departure(process, "it said goodbye", true));
    }
  }

  @Override
  public void onOpened(NodeAddress from) {
    incoming.merge(from.id(), 1, Integer::sum);
  }

  @Override
  public void onClosed(NodeAddress from, Throwable cause) {
    boolean last = incoming.computeIfPresent(from.id(), (same, count) -> count == 1 ? null : count - 1) == null;
    if (cause != null) {
      inquest.lostFrom(from, cause);
    } else if (last && !keys.isOwn(from.id())) {
      // While it has another link, what came on that may still be wanted.
      bindings.dropEarly(from.id());
    }
  }
}
