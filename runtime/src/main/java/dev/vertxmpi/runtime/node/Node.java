package dev.vertxmpi.runtime.node;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.Traffic;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.vertx.BlockingWork;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A JVM's part in a job: its links, and the tables that all its ranks share.
 *
 * <pre>
 *   rank A     rank B                     peers
 *     |          |     send(process, frame)
 *     v          v          |
 *   +----------------------------------+   one link for each peer, the best that both reach, made on first use
 *   | directory: process -> address    | =====> local | shm | tcp | bus
 *   | links:     node    -> link       |
 *   | bindings:  (context, rank) -> endpoint   <===== frames of all links
 *   | stash:     frames that came before their endpoint, bounded
 *   +----------------------------------+
 * </pre>
 *
 * <p>All methods are thread-safe.
 */
public interface Node {

  /**
   * Where peers reach it.
   *
   * @return its id and endpoints
   */
  NodeAddress address();

  /**
   * Listens at one more place, which somebody has chosen for a port.
   *
   * @param host IP address of this host
   * @param port 0 for any
   * @return the address with that place; {@link dev.vertxmpi.ErrorClass#ARG} where it is taken
   */
  Future<NodeAddress> listen(String host, int port);

  /**
   * Listens there no more. Links that came in there stay.
   *
   * @param place as {@link #listen} gave it
   * @return settles when the place is free again
   */
  Future<Void> unlisten(NodeAddress place);

  /**
   * Makes processes known, so that frames can be sent to them.
   *
   * @param process who
   * @param address where
   */
  void introduce(ProcessId process, NodeAddress address);

  /**
   * Where a process is.
   *
   * @param process who
   * @return empty where it was never introduced
   */
  Optional<NodeAddress> whereIs(ProcessId process);

  /**
   * Whether frames that name a process may come from a node. What a process sent before it was gone is still its own.
   *
   * @param process who
   * @param node authenticated
   * @return true where it lives there, or did until it was gone
   */
  boolean livesAt(ProcessId process, NodeId node);

  /**
   * Adds the secret by which links to a node prove who they are. May be called for one name by several ranks, and for
   * several peers: each call is a use.
   *
   * @param name of the secret, the same at both ends
   * @param secret copied
   * @param peer the node that is reached with it; null where nodes of that name come to us only
   */
  void addKey(String name, byte[] secret, NodeAddress peer);

  /**
   * Ends one use of a secret. The last one forgets it; links that it opened stay.
   *
   * @param name as given to {@link #addKey}
   */
  void removeKey(String name);

  /**
   * Stops making a link that only the holder of a key waits for. The processes there become unknown, not gone.
   *
   * @param peer to which node
   * @param key by which it is known, added once
   * @return false where the link is there, so that frames may have gone, or where others want it
   */
  boolean abandon(NodeId peer, String key);

  /**
   * Takes frames for a rank of a context, those that came early first.
   *
   * @param context of a communicator, window or port
   * @param rank of the receiver in it
   * @param endpoint gets the frames in its domain
   */
  void bind(ContextId context, int rank, Endpoint endpoint);

  /**
   * Stops taking frames. Frames that still come are dropped.
   *
   * @param context as bound
   * @param rank as bound
   */
  void unbind(ContextId context, int rank);

  /**
   * Sends a frame. Frames to one node arrive in the order of the calls.
   *
   * @param to an introduced process
   * @param frame its payload stays untouched until the Future settles
   * @return settles when the link has let go of the payload, on any thread; fails with
   *     {@link dev.vertxmpi.ErrorClass#PROC_FAILED} where the process is gone or cannot be reached
   */
  Future<Void> send(ProcessId to, Frame frame);

  /**
   * The way to a process, to be asked once for many frames.
   *
   * @param to an introduced process
   * @return null where the process is not known or gone
   */
  Outlet outlet(ProcessId to);

  /**
   * Maps memory that a process shares, for reading.
   *
   * @param owner an introduced process whose links share memory
   * @param region its name, not trusted
   * @return the whole region, on any thread; fails where it cannot be mapped
   */
  Future<MemorySegment> map(ProcessId owner, String region);

  /**
   * A rank of this node progresses on the loop of a context: links may bring its frames there.
   *
   * @param context of the rank
   * @return undoes it
   */
  Runnable progressOn(Context context);

  /**
   * Makes the link to a process now, so that its death is noticed although nothing is sent to it.
   *
   * @param process an introduced process
   * @return settles when the link is there, on any thread; fails as {@link #send} does
   */
  Future<Void> attend(ProcessId process);

  /**
   * Whether senders of bulk to a process should wait.
   *
   * @param to an introduced process
   * @return true until {@link #onDrain}
   */
  boolean isCongested(ProcessId to);

  /**
   * Runs an action once when bulk can go on, at once where it can now or never will.
   *
   * @param to an introduced process
   * @param action runs on any thread
   */
  void onDrain(ProcessId to, Runnable action);

  /**
   * Hears of processes that go, each once; of those already gone at once.
   *
   * @param watcher runs on any thread, must not block
   * @return stops watching
   */
  Runnable watch(Consumer<Departure> watcher);

  /**
   * Hears of one process when it goes; at once where it is gone.
   *
   * @param process whose departure
   * @param watcher runs on any thread, must not block
   * @return stops watching
   */
  Runnable watch(ProcessId process, Consumer<Departure> watcher);

  /**
   * Hears of processes that go, each once, and of those already gone; soon, not at once. For whatever a JVM has
   * thousands of: departures that come together cost one task.
   *
   * @param executor where the follower runs; what it is given goes behind all that it has
   * @param follower must not block
   * @return stops following
   */
  Runnable follow(Executor executor, Consumer<Departure> follower);

  /**
   * Whether a process is gone.
   *
   * @param process who
   * @return true for ever once it is
   */
  boolean isGone(ProcessId process);

  /**
   * Why this node had to end although nobody closed it: its job has declared it dead. All its processes are gone then,
   * and nothing can be sent.
   *
   * @return empty while all is well
   */
  Optional<MpiException> verdict();

  /**
   * Declares a process gone: because it said goodbye, its connection died or the cluster says so.
   *
   * @param departure who and why
   */
  void depart(Departure departure);

  /**
   * Says goodbye for a process of this node to all peers, and declares it gone here.
   *
   * @param process ended
   * @return settles when the links have taken the message
   */
  default Future<Void> leave(ProcessId process) {
    return leave(process, Optional.empty());
  }

  /**
   * Says goodbye for a process of this node to all peers, and declares it gone here.
   *
   * @param process ended
   * @param farewells tells those of the job with whom there is no link; empty to make links
   * @return settles when the links have taken the message, and the others are told
   */
  Future<Void> leave(ProcessId process, Optional<Farewells> farewells);

  /**
   * A process of the job has left, and not over a link.
   *
   * @param farewell ignored where this node hears it over a link too
   */
  void hear(Farewells.Farewell farewell);

  /**
   * What the links have moved.
   *
   * @return a snapshot
   */
  Traffic traffic();

  /**
   * Work that blocks, of those who live here.
   *
   * @return closing waits for it
   */
  BlockingWork work();

  /**
   * Closes all links.
   *
   * @return settles when nothing is left open, and no worker is at work
   */
  Future<Void> close();
}
