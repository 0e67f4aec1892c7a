package dev.vertxmpi.runtime.link.shm;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.LinkProvider.LinkContext;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Listens for links in a directory of its own, makes them, and sees to it that somebody looks at their rings. */
final class ShmEndpoint implements LinkEndpoint {

  private static final Logger LOG = Logger.getLogger(ShmEndpoint.class.getName());
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  /** Sockets whose handshake is not over; more are refused. */
  private static final int MOST_STRANGERS = 1024;

  /** How long after a death its directory is removed. */
  private static final long SWEEP_MILLIS = 100;

  private final LinkContext context;
  private final Context loop;
  private final ShmDirectory directory;
  private final BlockingWork work;
  /** An endpoint that is no longer referenced loses its sockets: client and server stay in fields. */
  private final NetServer server;
  private final NetClient client;
  private final Set<ShmLink> outgoing = ConcurrentHashMap.newKeySet();
  private final Set<ShmIncoming> incoming = ConcurrentHashMap.newKeySet();
  /** Of those, the ones whose handshake is not over. Confined to the loop. */
  private final Set<ShmIncoming> strangers = new HashSet<>();
  private final AtomicInteger rings = new AtomicInteger();
  private final Progress progress;
  /** Links whose queue waits for space. */
  private final Set<Outgoing> waiting = ConcurrentHashMap.newKeySet();
  private volatile int waits;
  /** Those whose ring is there. Replaced, never changed, on the loop. */
  private volatile ShmIncoming[] known = new ShmIncoming[0];
  private BellServer bell;
  private boolean lookingAgain;
  private volatile boolean sweeping;
  private volatile boolean closed;

  private final MappedRegions regions;

  private ShmEndpoint(LinkContext context, Context loop, ShmDirectory directory) {
    this.context = context;
    this.loop = loop;
    this.directory = directory;
    this.work = new BlockingWork(context.vertx());
    this.regions = new MappedRegions(work, directory.path());
    this.server = context.vertx().createNetServer();
    this.client = context.vertx().createNetClient(new NetClientOptions()
        .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, context.failureTimeout().toMillis())));
    this.progress = new Progress(this);
  }

  /** Opens an end; one that reaches nobody where this host or Vert.x cannot do it. */
  static Future<LinkEndpoint> open(LinkContext context, Path base) {
    Context loop = Loops.detached(context.vertx());
    return context.vertx().executeBlocking(() -> create(base), false).compose(directory -> {
      Promise<LinkEndpoint> promise = Promise.promise();
      loop.runOnContext(begin -> {
        ShmEndpoint endpoint;
        try {
          endpoint = new ShmEndpoint(context, loop, directory);
        } catch (RuntimeException e) {
          promise.fail(e);
          return;
        }
        endpoint.listen().<LinkEndpoint>map(endpoint).onComplete(promise);
      });
      return promise.future().onFailure(failure -> context.vertx().executeBlocking(() -> {
        directory.close();
        return null;
      }, false));
    }).recover(failure -> {
      String reason = String.valueOf(failure.getMessage());
      if (TOLD.add(reason)) {
        LOG.log(Level.INFO, "the link shm is not used: {0}", reason);
      }
      return Future.succeededFuture(new AbsentEndpoint(reason));
    });
  }

  private static ShmDirectory create(Path base) throws IOException {
    ShmDirectory made = ShmDirectory.create(base);
    if (made.path().resolve(ShmPlace.CONTROL).toString().length() > ShmPlace.LONGEST_PATH) {
      made.close();
      throw new IOException("the path " + made.path() + " is too long for sockets");
    }
    made.sweep();
    return made;
  }

  private Future<ShmEndpoint> listen() {
    SocketAddress control = SocketAddress.domainSocketAddress(path(ShmPlace.CONTROL));
    return BellServer.open(context.vertx(), directory.path().resolve(ShmPlace.BELL), this::drain)
        .onSuccess(open -> bell = open)
        .compose(open -> server.connectHandler(this::accept).listen(control))
        .map(this);
  }

  private String path(String file) {
    return directory.path().resolve(file).toString();
  }

  LinkContext context() {
    return context;
  }

  /** What blocks. Closing waits for it. */
  BlockingWork work() {
    return work;
  }

  Context loop() {
    return loop;
  }

  Path directory() {
    return directory.path();
  }

  String newRingName() {
    return "ring-" + rings.incrementAndGet();
  }

  RingFile createRing(String name) throws IOException {
    return RingFile.create(directory.path().resolve(name));
  }

  private void accept(NetSocket socket) {
    if (closed || strangers.size() >= MOST_STRANGERS) {
      socket.close().onComplete(done -> { });
      return;
    }
    NodeAddress self = new NodeAddress(context.self(), Map.of(ShmPlace.LINK, endpoint()));
    ShmIncoming link = new ShmIncoming(this, self, socket);
    incoming.add(link);
    strangers.add(link);
    link.begin(() -> {
      strangers.remove(link);
      ShmIncoming[] more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = link;
      known = more;
      progress.wake();
    }, () -> {
      strangers.remove(link);
      incoming.remove(link);
      known = Arrays.stream(known).filter(other -> !other.equals(link)).toArray(ShmIncoming[]::new);
    });
  }

  /** The rings of incoming links. */
  ShmIncoming[] rings() {
    return known;
  }

  /** Who looks at them from the loop of a rank; null where nobody does. */
  ShmPoller poller() {
    return progress.poller();
  }

  /** The name of the socket at which that loop is woken; empty where there is none. */
  String loopBell() {
    return progress.bell();
  }

  void wakePoller() {
    progress.wake();
  }

  void tellBell() {
    loop.runOnContext(now -> {
      for (ShmIncoming link : known) {
        link.tellBell(progress.bell());
      }
    });
  }

  /** Looks at all rings, on the loop. */
  void drain() {
    for (ShmIncoming link : known) {
      link.drain();
    }
  }

  /** Nobody polls any more: the loop takes over. */
  void takeOver() {
    try {
      loop.runOnContext(now -> drain());
    } catch (RejectedExecutionException e) {
      LOG.log(Level.FINE, "the loop has ended", e);
    }
  }

  /** The loop of a rank polls, but may be stuck in a handler: looks again after a while, until nothing is there. */
  void lookAgainLater(ShmIncoming link) {
    if (!lookingAgain && !link.isEmpty()) {
      lookingAgain = true;
      context.vertx().setTimer(1, later -> {
        lookingAgain = false;
        if (!closed) {
          drain();
        }
      });
    }
  }

  /** Notes whether a link has frames that wait for space. */
  void waits(Outgoing out, boolean does) {
    if (does ? waiting.add(out) : waiting.remove(out)) {
      waits = waiting.size();
    }
  }

  boolean anyWaits() {
    return waits != 0;
  }

  Set<Outgoing> waiting() {
    return waiting;
  }

  /** The loop of a rank goes to sleep: somebody must see that its receivers go on. */
  void watchOutgoing() {
    for (ShmLink link : outgoing) {
      if (!link.out().isIdle()) {
        link.out().watch();
      }
    }
  }

  /** The loop of a rank goes on for long: somebody must see that receivers do too. */
  void watchStuck() {
    for (ShmLink link : outgoing) {
      if (link.out().isStuck()) {
        link.out().watch();
      }
    }
  }

  @Override
  public String endpoint() {
    return directory.path().toString();
  }

  @Override
  public boolean reaches(NodeAddress peer) {
    return ShmPlace.of(peer, directory.path().getParent()).filter(ShmPlace::exists).isPresent();
  }

  @Override
  public boolean sharesMemory() {
    return true;
  }

  @Override
  public Future<MemorySegment> map(NodeAddress peer, String region) {
    return regions.map(peer.id(), region, () -> ShmPlace.of(peer, directory.path().getParent())
        .orElseThrow(() -> new MpiException(ErrorClass.PROC_FAILED, "the node " + peer.id() + " is not on this host")));
  }

  /** The system closes the sockets of a process that ends. */
  @Override
  public boolean seesDeath(NodeAddress peer) {
    return true;
  }

  @Override
  public Future<Link> connect(NodeAddress self, NodeAddress peer) {
    return dial(peer, link -> link.begin(self));
  }

  @Override
  public Future<Void> probe(NodeAddress self, NodeAddress peer) {
    return dial(peer, link -> link.probe(self)).mapEmpty();
  }

  @Override
  public void cut(NodeId peer) {
    outgoing.stream().filter(link -> link.peer().id().equals(peer)).forEach(ShmLink::kill);
    incoming.stream().filter(link -> link.isFrom(peer)).forEach(ShmIncoming::kill);
    loop.runOnContext(now -> sweepLater());
  }

  /** A process that is gone has left its directory, whose lock may be freed a moment after its sockets. */
  private void sweepLater() {
    if (!sweeping && !closed) {
      sweeping = true;
      context.vertx().setTimer(SWEEP_MILLIS, later -> {
        sweeping = false;
        if (!closed) {
          sweep().onComplete(done -> { });
        }
      });
    }
  }

  private Future<Void> sweep() {
    return work.run(() -> {
      directory.sweep();
      return null;
    });
  }

  private Future<Link> dial(NodeAddress peer, Function<ShmLink, Future<Link>> begin) {
    ShmPlace place = ShmPlace.of(peer, directory.path().getParent()).orElse(null);
    if (place == null) {
      return Future.failedFuture(new MpiException(ErrorClass.PROC_FAILED, "the peer names no place in shared memory"));
    }
    Promise<Link> promise = Promise.promise();
    loop.runOnContext(now -> {
      if (closed) {
        promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed"));
        return;
      }
      String target = place.directory().resolve(ShmPlace.CONTROL).toString();
      client.connect(SocketAddress.domainSocketAddress(target)).onComplete(outcome -> {
        if (outcome.failed()) {
          promise.fail(new MpiException(ErrorClass.PROC_FAILED, "no connection to " + target, outcome.cause()));
        } else if (closed) {
          outcome.result().close().onComplete(done ->
              promise.fail(new MpiException(ErrorClass.PROC_FAILED, "this node is closed")));
        } else {
          ShmLink link = new ShmLink(this, peer, place, outcome.result());
          outgoing.add(link);
          link.closeHandler(cause -> outgoing.remove(link));
          begin.apply(link).onComplete(promise);
        }
      });
    });
    return promise.future();
  }

  @Override
  public Runnable progressOn(Context rank) {
    return progress.add(rank);
  }

  /** Ends as if the process had crashed. */
  void kill() {
    closed = true;
    outgoing.forEach(ShmLink::kill);
    incoming.forEach(ShmIncoming::kill);
    server.close().onComplete(done -> { });
  }

  @Override
  public Future<Void> close() {
    regions.clear();
    closed = true;
    List<Future<Void>> ends = new ArrayList<>();
    outgoing.forEach(link -> ends.add(link.close()));
    incoming.forEach(link -> ends.add(link.close()));
    return Future.join(ends)
        .transform(done -> Future.join(server.close(), bell.close(), client.close(), progress.close()))
        .transform(done -> work.settled())
        .transform(done -> context.vertx().executeBlocking(() -> {
          if (sweeping) {
            directory.sweep();
          }
          directory.close();
          return null;
        }, false));
  }
}
