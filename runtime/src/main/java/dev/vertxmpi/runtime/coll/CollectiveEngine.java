package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.p2p.Incoming;
import dev.vertxmpi.runtime.p2p.Route;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs the collectives of one communicator at one rank. Everything belongs to the domain.
 *
 * <p><b>All or none.</b> In every collective, each rank hears in the end from every other, directly or through others,
 * before it completes; and its frames carry the fingerprint of the call. So nobody completes unless all have called,
 * and called the same. A rank that fails, for whatever reason, tells all others (ABORT), and their calls with that
 * number or key fail with the same class, those still to come included. What remains is the end: a rank that has
 * completed stays so when another fails after that, for instance because its own block was too short.
 *
 * <p><b>Why a mismatch is always noticed.</b> Whatever its algorithm, a collective sends along every edge of one fixed
 * tree, rank r to r with its lowest bit cleared, as soon as the ranks below have sent ({@link Tree}). Take an edge
 * where the calls differ, with none below it: the lower rank does send, and the upper one compares.
 */
public final class CollectiveEngine {

  /** How many failures of calls still to come, and of keys, are remembered. */
  private static final int MEMORY = 4096;

  /** Of the ranks that are gone, so many are named. */
  private static final int MOST_NAMED = 20;

  private final ProgressDomain domain;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<CollectiveId, Operation> active = new HashMap<>();
  private final Map<CollectiveId, Arrivals> arrivals = new HashMap<>();
  private final Map<CollectiveId, MpiException> aborted = remembering();
  /** Of keys that have failed here: how often. */
  private final Map<CollectiveId, Integer> generations = remembering();
  /** Whether somebody is gone. */
  private boolean bereft;
  private long lastNumber;

  /**
   * No lanes yet.
   *
   * @param domain of the rank
   */
  public CollectiveEngine(ProgressDomain domain) {
    this.domain = domain;
  }

  private static <V> Map<CollectiveId, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<CollectiveId, V> eldest) {
        return size() > MEMORY;
      }
    };
  }

  /**
   * Adds a group to talk to.
   *
   * @param route to its ranks
   * @param where what to say behind a rank of it, in messages
   * @param selfWhere what to say behind this rank
   * @return the lane, whose frames go to {@link #onFrame}
   */
  public Lane addLane(Route route, String where, String selfWhere) {
    Lane lane = new Lane(this, route, where, selfWhere);
    lanes.add(lane);
    return lane;
  }

  ProgressDomain domain() {
    return domain;
  }

  /** Whether nothing but one collective is under way. */
  boolean isAlone() {
    return active.size() == 1;
  }

  /** Nothing more is called: lets go of what the ranks share. */
  public void end() {
    lanes.forEach(lane -> lane.rollCall().end());
  }

  /**
   * Starts a collective. It takes its number even where it fails at once.
   *
   * @param <T> type of the result
   * @param call of the user
   * @param key null to match by order
   * @param print of the call
   * @param plan makes the schedule; may throw
   * @param result asked for at the end; may throw
   */
  public <T> void run(Call<T> call, String key, Fingerprint print, Supplier<Schedule> plan, Supplier<T> result) {
    CollectiveId id = key == null ? CollectiveId.ordered(++lastNumber) : current(CollectiveId.keyed(key));
    if (active.containsKey(id)) {
      call.fail(new MpiException(ErrorClass.ARG, "the key " + key + " is in use by a collective under way"));
      return;
    }
    MpiException known = aborted.remove(id);
    Arrivals early = arrivals.computeIfAbsent(id, none -> new Arrivals());
    Schedule schedule;
    try {
      if (known == null && bereft) {
        throw departed();
      }
      schedule = known == null ? plan.get() : new Schedule();
    } catch (RuntimeException e) {
      known = MpiException.of(e);
      schedule = new Schedule();
      tellAll(id, known);
    }
    if (known != null) {
      stopRollCalls(id);
      early.dropAll();
      forget(id);
      call.fail(known);
      return;
    }
    Operation operation = new Operation(this, id, print, early, schedule, why -> end(call, id, why, result));
    active.put(id, operation);
    call.onWithdraw(why -> operation.fail(why, true));
    operation.advance();
  }

  private <T> void end(Call<T> call, CollectiveId id, MpiException why, Supplier<T> result) {
    if (why != null) {
      call.fail(why);
      return;
    }
    T value;
    try {
      value = result.get();
    } catch (RuntimeException e) {
      tellAll(id, MpiException.of(e));
      call.fail(e);
      return;
    }
    call.complete(value);
  }

  private CollectiveId current(CollectiveId key) {
    return key.generation(generations.getOrDefault(key, 0));
  }

  /** Whether a collective is over here: what still comes for it is of no use. */
  private boolean isStale(CollectiveId id) {
    if (active.containsKey(id)) {
      return false;
    }
    return id.keyed() ? id.generation() < current(id.plain()).generation() : id.high() <= lastNumber;
  }

  /** Nothing more will be taken for a collective. */
  private void forget(CollectiveId id) {
    active.remove(id);
    arrivals.remove(id);
    if (id.keyed()) {
      generations.put(id.plain(), id.generation() + 1);
    }
  }

  void completed(Operation operation) {
    active.remove(operation.id());
    Arrivals left = arrivals.get(operation.id());
    // A faster rank may use the key again already.
    if (left.isEmpty() || !operation.id().keyed()) {
      left.dropAll();
      arrivals.remove(operation.id());
    }
  }

  private void stopRollCalls(CollectiveId failed) {
    if (!failed.keyed()) {
      lanes.forEach(lane -> lane.rollCall().close());
    }
  }

  void failed(Operation operation, MpiException why, boolean tell) {
    forget(operation.id());
    stopRollCalls(operation.id());
    if (tell) {
      tellAll(operation.id(), why);
    } else {
      operation.remaining().forEach(peer -> tell(peer, operation.id(), why));
    }
  }

  private void tellAll(CollectiveId id, MpiException why) {
    for (Lane lane : lanes) {
      for (int rank = 0; rank < lane.size(); rank++) {
        tell(new Peer(lane, rank), id, why);
      }
    }
  }

  private static void tell(Peer peer, CollectiveId id, MpiException why) {
    Route route = peer.lane().route();
    if (!route.isSelf(peer.rank()) && !peer.lane().messages().isGone(peer.rank())) {
      route.send(peer.rank(), Abort.frame(route, peer.rank(), id, forOthers(peer.lane(), why)));
    }
  }

  /** That a communicator is at its end here is, for others, that this rank has left. */
  private static MpiException forOthers(Lane lane, MpiException why) {
    return why.errorClass() != ErrorClass.COMM ? why
        : new MpiException(ErrorClass.PROC_FAILED, lane.selfName() + " has left: " + why.reason())
            .ranks(List.of(lane.route().self()));
  }

  MpiException mismatch(Lane lane, int source, Fingerprint theirs, Fingerprint ours) {
    return new MpiException(ErrorClass.COLLECTIVE_MISMATCH, lane.name(source) + " called "
        + theirs.inWordsBeside(ours) + ", " + lane.selfName() + " called " + ours.inWordsBeside(theirs)
        + ": every rank must call the same collectives in the same order, or use keys")
        .ranks(List.of(source, lane.route().self()));
  }

  void arrived(Lane lane, Incoming message) {
    CollectiveId id = CollectiveId.of(message.header());
    if (isStale(id)) {
      message.drop();
      return;
    }
    Peer from = new Peer(lane, message.source());
    arrivals.computeIfAbsent(id, none -> new Arrivals()).add(from, message);
    Operation operation = active.get(id);
    if (operation != null) {
      operation.match(from);
    }
  }

  void vanished(Lane lane, Incoming message) {
    Arrivals all = arrivals.get(CollectiveId.of(message.header()));
    if (all != null) {
      all.remove(new Peer(lane, message.source()), message);
    }
  }

  /**
   * A frame of a collective has come.
   *
   * @param lane on which
   * @param from the node that sent it
   * @param frame released here
   */
  public void onFrame(Lane lane, NodeId from, Frame frame) {
    if (lane.messages().takes(frame.envelope().kind())) {
      lane.messages().onFrame(from, frame);
      return;
    }
    try {
      Envelope envelope = frame.envelope();
      if (!lane.route().livesAt(envelope.source(), from)) {
        return;
      }
      if (envelope.kind() == BoardSetup.KIND) {
        lane.rollCall().onFrame(envelope, frame.payload());
      } else if (envelope.kind() == Abort.KIND) {
        MpiException why = Abort.read(frame.payload());
        if (why != null) {
          aborted(Abort.id(envelope), why);
        }
      }
    } finally {
      frame.release();
    }
  }

  private void aborted(CollectiveId id, MpiException why) {
    Operation operation = active.get(id);
    if (operation != null) {
      operation.fail(why, false);
    } else if (!isStale(id)) {
      aborted.putIfAbsent(id, why);
    }
  }

  /**
   * A rank is gone: collectives that wait for it fail, and so do all that are called from now on.
   *
   * @param lane in which group
   * @param rank its rank
   */
  public void departed(Lane lane, int rank) {
    bereft = true;
    lane.messages().departed(rank);
    List.copyOf(active.values()).forEach(operation -> operation.match(new Peer(lane, rank)));
  }

  /** Made only when somebody needs it: at the end of a large job, every rank hears of every other. */
  private MpiException departed() {
    List<String> names = new ArrayList<>();
    List<Integer> ranks = new ArrayList<>();
    int count = 0;
    for (Lane lane : lanes) {
      for (int rank = 0; rank < lane.size(); rank++) {
        if (lane.messages().isGone(rank) && count++ < MOST_NAMED) {
          names.add(lane.name(rank));
          ranks.add(rank);
        }
      }
    }
    String more = count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "";
    return new MpiException(ErrorClass.PROC_FAILED, String.join(", ", names) + more + (count == 1 ? " has" : " have")
        + " died or left").ranks(ranks);
  }
}
