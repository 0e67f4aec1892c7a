package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.Memory.SharedRegion;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.runtime.node.FrameKind;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.spi.MemoryProvider;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.concurrent.Callable;

/**
 * Makes the {@link Board} of some ranks, beside their calls: nobody waits for it.
 *
 * <pre>
 *   a few barriers --&gt; OFFER: the name of a page  --&gt; to all
 *   all offers     --&gt; maps the pages
 *   all mapped     --&gt; READY                      --&gt; to all
 *   all ready      --&gt; board
 * </pre>
 *
 * <p>Where a rank shares no memory, or its loop does not poll, it offers nothing, and there is never a board. Frames
 * have the step as their tag, the offer its name as payload, in ASCII. Belongs to the domain.
 */
final class BoardSetup {

  static final byte KIND = FrameKind.COLLECTIVE + 14;

  static final int OFFER = 1;
  static final int READY = 2;
  /** To a rank that sleeps: all have come. */
  static final int AWAKE = 3;

  /** Fewer barriers are not worth it. */
  private static final int BARRIERS = 4;

  /** More ranks are better met by a tree. */
  private static final int MOST_RANKS = 32;

  private static final int PAGE = 4096;
  private static final int LONGEST_NAME = 64;

  private final Route route;
  private final String[] names;
  private final MemorySegment[] pages;
  private final BitSet ready = new BitSet();
  private int barriers;
  private int mapped;
  private Memory own;
  private Board board;
  private boolean ended;

  BoardSetup(Route route) {
    this.route = route;
    int size = route.peers().size();
    boolean few = size > 1 && size <= MOST_RANKS;
    this.names = new String[few ? size : 0];
    this.pages = new MemorySegment[names.length];
  }

  static Frame frame(Route route, int peer, int step) {
    return frame(route, peer, step, new byte[0]);
  }

  private static Frame frame(Route route, int peer, int step, byte[] payload) {
    return Frame.of(new Envelope(KIND, (short) 0, route.outbound(), route.self(), peer, step, 0, 0, 0, 0),
        MemorySegment.ofArray(payload));
  }

  /** Null while it is not there. */
  Board board() {
    return board;
  }

  /** A barrier went by messages. */
  void count() {
    if (names.length > 0 && barriers < BARRIERS && ++barriers == BARRIERS && route.rank().domain().spins()) {
      MemoryProvider.find(MemoryKind.HOST).ifPresent(provider ->
          blocking(() -> provider.allocate(PAGE)).onSuccess(page -> inDomain(() -> offer(page))));
    }
  }

  private Future<Memory> blocking(Callable<Memory> action) {
    return route.rank().node().work().run(action);
  }

  private void inDomain(Runnable action) {
    route.rank().domain().execute(action);
  }

  private void offer(Memory page) {
    String name = page.region().map(SharedRegion::name).orElse("");
    if (ended || name.isEmpty()) {
      free(page);
      return;
    }
    own = page;
    Board.clear(page.segment());
    names[route.self()] = name;
    tellAll(OFFER, name.getBytes(StandardCharsets.US_ASCII));
    mapAll();
  }

  private void tellAll(int step, byte[] payload) {
    for (int peer = 0; peer < names.length; peer++) {
      if (peer != route.self()) {
        route.send(peer, frame(route, peer, step, payload));
      }
    }
  }

  /** From a peer, not trusted. */
  void onFrame(Envelope envelope, MemorySegment payload) {
    int peer = envelope.source();
    if (ended || peer >= names.length || peer == route.self()) {
      return;
    }
    if (envelope.tag() == OFFER && names[peer] == null && payload.byteSize() <= LONGEST_NAME) {
      names[peer] = new String(payload.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
      mapAll();
    } else if (envelope.tag() == READY) {
      ready.set(peer);
      finish();
    }
  }

  private void mapAll() {
    for (String name : names) {
      if (name == null) {
        return;
      }
    }
    for (int peer = 0; peer < names.length; peer++) {
      if (peer != route.self()) {
        int rank = peer;
        route.map(peer, names[peer]).onSuccess(page -> inDomain(() -> map(rank, page)));
      }
    }
  }

  private void map(int peer, MemorySegment page) {
    if (!ended && page.byteSize() >= Board.LENGTH && pages[peer] == null) {
      pages[peer] = page;
      if (++mapped == names.length - 1) {
        ready.set(route.self());
        tellAll(READY, new byte[0]);
        finish();
      }
    }
  }

  private void finish() {
    if (board == null && ready.cardinality() == names.length) {
      board = new Board(own.segment(), pages);
    }
  }

  /** Frees the own page. The others have it for as long as they look at it. */
  void end() {
    ended = true;
    if (own != null) {
      Memory page = own;
      own = null;
      free(page);
    }
  }

  private void free(Memory page) {
    // Where Vert.x is closing, it takes no such work any more.
    blocking(() -> {
      page.close();
      return null;
    }).onFailure(refused -> page.close());
  }
}
