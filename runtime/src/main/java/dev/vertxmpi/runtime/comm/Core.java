package dev.vertxmpi.runtime.comm;

import dev.vertxmpi.CancelScope;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.coll.CollectiveEngine;
import dev.vertxmpi.runtime.coll.Lane;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.FrameKind;
import dev.vertxmpi.runtime.p2p.Matcher;
import dev.vertxmpi.runtime.p2p.Messages;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.runtime.vertx.Loops;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What all views of a communicator share.
 *
 * <pre>
 *   frames of the context ---> messages ---> matcher      receives of the user
 *                         '--> lane -------> engine       collectives
 * </pre>
 */
final class Core {

  private final Rank rank;
  private final CodecRegistry codecs;
  private final Calls calls;
  /** The end of the communicator, apart from the calls that it waits for. */
  private final Calls ends;
  private final Matcher matcher;
  private final Messages messages;
  private final Route route;
  private final CollectiveEngine engine;
  private final List<Lane> lanes = new ArrayList<>();
  private final CancelScope whenShut = new CancelScope();
  private Runnable stopWatching = () -> { };
  /** Changed in the domain. */
  private volatile boolean shut;

  Core(Rank rank, CodecRegistry codecs, Route route, String where, String selfWhere) {
    this.rank = rank;
    this.codecs = codecs;
    this.route = route;
    this.calls = new Calls(rank.domain(), rank.context());
    this.ends = new Calls(rank.domain(), rank.context());
    this.matcher = new Matcher(route);
    this.messages = new Messages(route, FrameKind.P2P, matcher);
    this.engine = new CollectiveEngine(rank.domain());
    lanes.add(engine.addLane(route, where, selfWhere));
  }

  /** Adds the own group of an intercommunicator, for collectives. */
  void addOwnGroup(Route own, String where) {
    lanes.add(engine.addLane(own, where, where));
  }

  /** What to do when it ends; at once where it has. Returns what forgets it. From any thread. */
  Runnable onShut(Runnable action) {
    return whenShut.onCancel(action);
  }

  /** Takes frames, and hears of departures. */
  void open() {
    for (Lane lane : lanes) {
      Route path = lane.route();
      boolean mine = path.equals(route);
      rank.node().bind(path.inbound(), path.self(), new Endpoint() {
        @Override
        public ProgressDomain domain() {
          return rank.domain();
        }

        @Override
        public void onFrame(NodeId from, Frame frame) {
          if (mine && messages.takes(frame.envelope().kind())) {
            messages.onFrame(from, frame);
          } else {
            engine.onFrame(lane, from, frame);
          }
        }

        @Override
        public void onFrame(NodeId from, Envelope envelope, MemorySegment memory, long offset, int length) {
          if (mine && messages.takes(envelope.kind())) {
            messages.onFrame(from, envelope, memory, offset, length);
          } else {
            onFrame(from, Frame.copyOf(envelope, memory, offset, length));
          }
        }
      });
    }
    Runnable others = hasOthers()
        ? rank.node().follow(rank.domain()::executeLast, gone -> departed(gone.process())) : () -> { };
    Runnable own = rank.node().watch(rank.id(), gone -> {
      // Now, not in the domain: where all of a large job go at once, it would first hear of thousands of others.
      others.run();
      rank.domain().execute(this::ended);
    });
    Runnable stop = () -> {
      own.run();
      others.run();
    };
    rank.domain().execute(() -> {
      stopWatching = stop;
      if (shut) {
        stop.run();
      }
    });
  }

  private boolean hasOthers() {
    return lanes.size() > 1 || route.peers().size() > 1 || !route.isSelf(0);
  }

  private void ended() {
    shut(rank.node().verdict().orElseGet(() -> new MpiException(ErrorClass.COMM, "this rank has been closed")));
  }

  private void departed(ProcessId process) {
    if (shut || rank.node().isGone(rank.id())) {
      // The end of the own rank comes after all that has gone before it, and needs none of that.
      return;
    }
    int peer = route.peers().rankOf(process);
    if (peer >= 0) {
      messages.departed(peer);
      matcher.departed(peer);
    }
    for (Lane lane : lanes) {
      int member = lane.route().peers().rankOf(process);
      if (member >= 0) {
        engine.departed(lane, member);
      }
    }
  }

  /** Ends all calls under way and refuses more. In the domain. */
  void shut(MpiException why) {
    if (!shut) {
      shut = true;
      calls.close(why);
      calls.withdrawAll(why);
      ends.close(why);
      ends.withdrawAll(why);
      stopWatching.run();
      engine.end();
      lanes.forEach(lane -> rank.node().unbind(lane.route().inbound(), lane.route().self()));
      whenShut.cancel();
    }
  }

  /** Whether it takes calls no more. From any thread. */
  boolean isShut() {
    return shut;
  }

  /** What a send returns that is complete: on the caller's context. */
  Future<Void> sent() {
    return Loops.succeeded(Loops.caller(rank.context()));
  }

  Rank rank() {
    return rank;
  }

  CodecRegistry codecs() {
    return codecs;
  }

  Calls calls() {
    return calls;
  }

  Calls ends() {
    return ends;
  }

  Matcher matcher() {
    return matcher;
  }

  Messages messages() {
    return messages;
  }

  Route route() {
    return route;
  }

  CollectiveEngine engine() {
    return engine;
  }

  Lane lane(int index) {
    return lanes.get(index);
  }
}
