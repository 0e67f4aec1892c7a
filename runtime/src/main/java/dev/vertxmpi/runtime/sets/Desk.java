package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ContextId;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.comm.IntracommunicatorImpl;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.node.Endpoint;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.progress.ProgressDomain;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SetRoll;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import dev.vertxmpi.spi.link.NodeAddress;
import dev.vertxmpi.spi.link.NodeId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where members of sets come to a process, from its first set to its end: also for a communicator that it has not
 * called for yet, or no longer. Confined to the domain of the rank.
 */
final class Desk implements Endpoint {

  private static final Logger LOG = Logger.getLogger(Desk.class.getName());

  /** Who comes before the process itself has called is kept; beyond this number he is sent away. */
  static final int MOST_EARLY = 4096;

  private final Rank rank;
  private final CodecRegistry codecs;
  /** The epoch of a set of which this process has called last; 0 for none. */
  private final ToLongFunction<String> called;
  private final Map<ContextId, Making> makings = new HashMap<>();
  private final Map<ContextId, Map<ProcessId, Visitor>> early = new LinkedHashMap<>();
  private final Set<ContextId> made = new HashSet<>();
  private final Runnable unwatch;
  private int earlyCount;
  private long numbers;

  Desk(Rank rank, CodecRegistry codecs, ToLongFunction<String> called) {
    this.rank = rank;
    this.codecs = codecs;
    this.called = called;
    node().bind(at(rank.id()), 0, this);
    this.unwatch = node().watch(departure -> domain().execute(() -> onDeparture(departure)));
  }

  /** The context of a process's desk. */
  private static ContextId at(ProcessId process) {
    return ContextId.ofJob(process.job()).derive("desk " + process, 0);
  }

  private Node node() {
    return rank.node();
  }

  @Override
  public ProgressDomain domain() {
    return rank.domain();
  }

  /** Begins to make a communicator. */
  void open(Making.Plan plan, Call<Intracommunicator> call) {
    if (made.contains(plan.context()) || makings.containsKey(plan.context())) {
      throw new MpiException(ErrorClass.ARG,
          "tag must not be that of a communicator of the same snapshot that is in use or being made");
    }
    Making making = plan.companions().process(0).equals(rank.id()) ? new Gathering(plan, this, call)
        : new Attendance(plan, this, call, number());
    makings.put(plan.context(), making);
    call.onWithdraw(making::withdraw);
    making.start();
    if (making instanceof Gathering gathering) {
      Map<ProcessId, Visitor> before = early.remove(plan.context());
      if (before != null) {
        earlyCount -= before.size();
        before.values().forEach(gathering::arrive);
      }
      List.copyOf(early.values()).forEach(visitors -> visitors.values().forEach(this::tellOfNewer));
    }
  }

  /** Who comes for a newer epoch comes for no older one any more. */
  private void tellOfNewer(Visitor visitor) {
    for (Making making : List.copyOf(makings.values())) {
      if (making instanceof Gathering gathering && making.plan().set().equals(visitor.set())
          && making.plan().epoch() < visitor.epoch()) {
        gathering.overtaken(visitor.process(), visitor.epoch());
      }
    }
  }

  void over(Making making) {
    makings.remove(making.plan().context());
  }

  /** Makes the communicator, of which it is decided that it is made. */
  void make(Making.Plan plan, ContextId context, Call<Intracommunicator> call) {
    made.add(plan.context());
    plan.companions().begin().onComplete(linked -> domain().execute(() -> {
      Runnable end = () -> {
        plan.companions().end();
        domain().execute(() -> made.remove(plan.context()));
      };
      try {
        call.complete(IntracommunicatorImpl.withoutParent(rank, new Members(context, plan.companions().group(),
            plan.companions().rankOf(rank.id())), codecs, end));
      } catch (RuntimeException e) {
        end.run();
        call.fail(e);
      }
    }));
  }

  Future<Void> send(byte kind, ProcessId to, ContextId context, long epoch, long number, Word word) {
    return node().send(to, Frame.of(new Envelope(kind, (short) 0, at(to), 0, 0, 0, number, epoch, context.high(),
        context.low()), word.payload()));
  }

  /** One that was never given before. */
  long number() {
    return ++numbers;
  }

  void go(Visitor visitor, long number) {
    answer(SetKind.GO, visitor, Word.go(number));
  }

  void fail(Visitor visitor, MpiException why) {
    answer(SetKind.FAIL, visitor, Word.fail(why));
  }

  /** Where this fails the visitor is gone or cut off: the watch on departures hears of that. */
  private void answer(byte kind, Visitor visitor, Word word) {
    send(kind, visitor.process(), visitor.context(), visitor.epoch(), visitor.number(), word).otherwiseEmpty();
  }

  @Override
  public void onFrame(NodeId from, Frame frame) {
    Envelope envelope = frame.envelope();
    ContextId context = new ContextId(envelope.first(), envelope.second());
    try {
      Word word = Word.of(frame);
      switch (envelope.kind()) {
        case SetKind.HERE -> here(from, word, envelope, context);
        case SetKind.LEAVE -> leave(from, word, context);
        case SetKind.GO -> {
          long number = word.number();
          attendance(from, context, envelope.sequence()).ifPresent(attendance -> attendance.onGo(number));
        }
        case SetKind.FAIL -> {
          MpiException why = word.error();
          attendance(from, context, envelope.sequence()).ifPresent(attendance -> attendance.onFail(why));
        }
        default -> { }
      }
    } catch (IllegalArgumentException e) {
      // From an authenticated peer, so a fault of its software: it gets no answer, and its deadline ends its call.
      LOG.log(Level.WARNING, "a frame of a process set from node {0} was dropped: {1}",
          new Object[] {from, e.getMessage()});
    }
  }

  private Optional<Attendance> attendance(NodeId from, ContextId context, long number) {
    return makings.get(context) instanceof Attendance attendance && attendance.number() == number
        && attendance.hears(from) ? Optional.of(attendance) : Optional.empty();
  }

  private void here(NodeId from, Word word, Envelope envelope, ContextId context) {
    ProcessId process = word.process();
    NodeAddress place = word.place();
    boolean foreign = !process.job().equals(rank.id().job());
    boolean agrees = node().whereIs(process).map(known -> known.id().equals(from)).orElse(foreign);
    if (!place.id().equals(from) || !agrees) {
      throw new IllegalArgumentException("it comes from where the process " + process + " does not live");
    }
    if (foreign) {
      node().introduce(process, place);
      Invitation.greet(node(), place);
    }
    Visitor visitor = new Visitor(process, word.set(), envelope.check(), context, envelope.sequence());
    tellOfNewer(visitor);
    Making making = makings.get(context);
    if (making instanceof Gathering gathering) {
      gathering.arrive(visitor);
    } else if (called.applyAsLong(visitor.set()) > visitor.epoch()) {
      fail(visitor, new MpiException(ErrorClass.GROUP, "the snapshot is outdated: rank 0 has called for the epoch "
          + called.applyAsLong(visitor.set()) + " already, and will not come").ranks(List.of(0)));
    } else {
      keep(visitor);
    }
  }

  private void keep(Visitor visitor) {
    if (earlyCount >= MOST_EARLY) {
      fail(visitor, new MpiException(ErrorClass.OTHER, "rank 0 is waited for by " + MOST_EARLY + " calls already")
          .ranks(List.of(0)));
    } else if (early.computeIfAbsent(visitor.context(), none -> new LinkedHashMap<>())
        .put(visitor.process(), visitor) == null) {
      earlyCount++;
    }
  }

  private void leave(NodeId from, Word word, ContextId context) {
    ProcessId process = word.process();
    MpiException why = word.error();
    if (!node().livesAt(process, from)) {
      throw new IllegalArgumentException("it comes from where the process " + process + " does not live");
    }
    if (makings.get(context) instanceof Gathering gathering) {
      gathering.leave(process, why);
    } else if (early.containsKey(context)) {
      Visitor visitor = early.get(context).get(process);
      dropEarly(one -> one.equals(visitor));
      if (visitor != null) {
        fail(visitor, why.errorClass() != ErrorClass.TIMEOUT ? why : new MpiException(ErrorClass.TIMEOUT,
            why.reason() + ", and rank 0 (" + rank.id() + ") has not called for the communicator")
            .ranks(List.of(0)));
      }
    }
  }

  private void dropEarly(Predicate<Visitor> which) {
    early.values().removeIf(visitors -> {
      int before = visitors.size();
      visitors.values().removeIf(which);
      earlyCount -= before - visitors.size();
      return visitors.isEmpty();
    });
  }

  private void onDeparture(Departure departure) {
    ProcessId process = departure.process();
    if (!process.equals(rank.id())) {
      dropEarly(visitor -> visitor.process().equals(process));
      List.copyOf(makings.values()).forEach(making -> making.departed(process, departure.cause()));
    }
  }

  /** A set has changed. */
  void changed(String set, SetRoll now) {
    List<Visitor> gone = new ArrayList<>();
    early.values().forEach(visitors -> visitors.values().stream().filter(visitor -> visitor.set().equals(set)
        && now.epoch() > visitor.epoch() && now.find(visitor.process()).isEmpty()).forEach(gone::add));
    dropEarly(gone::contains);
    gone.forEach(visitor -> fail(visitor, new MpiException(ErrorClass.PROC_FAILED,
        "the process " + visitor.process() + " is no member of the set any more")));
    of(set).forEach(making -> making.changed(now));
  }

  /** This process has closed a set. */
  void closed(String set, MpiException why) {
    of(set).forEach(making -> making.leave(why));
  }

  private List<Making> of(String set) {
    List<Making> all = new ArrayList<>(makings.values());
    all.removeIf(making -> !making.plan().set().equals(set));
    return all;
  }

  /** The process ends. */
  void close(MpiException why) {
    List.copyOf(makings.values()).forEach(making -> making.abort(why));
    unwatch.run();
    node().unbind(at(rank.id()), 0);
  }

  /** What is under way and what exists, in numbers. */
  @Override
  public String toString() {
    return "Desk[making=" + makings.size() + ", early=" + earlyCount + ", made=" + made.size() + "]";
  }
}
