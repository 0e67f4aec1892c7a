package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Op;
import dev.vertxmpi.datatype.Primitive;
import dev.vertxmpi.datatype.Reduction;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.FenceAssert;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.runtime.call.Call;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.runtime.rank.Rank;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The side of a window that asks: checks each call against the epochs in the order of the calls, and sends it on its
 * lane. Confined to the domain of its rank.
 *
 * <p>Rules are checked when a call comes, whatever is still under way: that order is the program's. What a call does
 * then waits: behind a fence under way, behind a lock that is not granted yet.
 *
 * <pre>
 *   put() ---> rules: phase or lock? ---> held, while a fence is under way ---> lane of the target
 * </pre>
 */
final class Origin {

  private final Rank rank;
  private final Members members;
  private final Extents extents;
  private final Peers peers;
  private final Meeting meeting;
  private final Map<Integer, Lane> lanes = new HashMap<>();
  private final Map<Integer, MpiException> gone = new HashMap<>();
  /** What waits for the fence under way. */
  private final Queue<Runnable> held = new ArrayDeque<>();
  private boolean fencing;
  private boolean goingOn;
  /** Between two fences in the order of the calls, complete or not; null where no phase is open. */
  private Epoch phase;

  Origin(Rank rank, Members members, Extents extents) {
    this.rank = rank;
    this.members = members;
    this.extents = extents;
    this.peers = new Peers(rank.node(), members);
    this.meeting = new Meeting(rank.node(), members);
    meeting.speakers().forEach(peers::remember);
  }

  /** The lane to a target, made on first use. */
  Lane lane(int target) {
    return lanes.computeIfAbsent(target, number -> {
      peers.remember(number);
      Lane lane = new Lane(rank.node(), rank.domain(), members, number);
      if (gone.containsKey(number)) {
        lane.breakDown(gone.get(number));
      }
      return lane;
    });
  }

  /** The lane to a target that has one; null where nothing was ever asked of it. */
  Lane laneInUse(int target) {
    return lanes.get(target);
  }

  /** Knows where all those live that this side hears of. */
  Peers peers() {
    return peers;
  }

  Meeting meeting() {
    return meeting;
  }

  void write(Call<Void> call, MessageBuffer from, int target, Region at, byte kind, Op op) {
    operate(call, target, span -> {
      int tag = kind == RmaFrames.ACCUMULATE ? accumulateTag(from, op) : 0;
      Place place = Place.of(at, from, target, extents.size(target), extents.unit(target));
      return new Writing(call, lane(target), span, rank.domain(), from, place, kind, tag);
    });
  }

  private static int accumulateTag(MessageBuffer from, Op op) {
    if (from.bytes() == 0) {
      return 0;
    }
    Primitive primitive = from.datatype().primitive().orElseThrow(() -> new MpiException(ErrorClass.TYPE,
        "an accumulate needs a datatype of one primitive, but " + from.datatype() + " has several"));
    Reduction.check(op, primitive);
    return RmaFrames.tag(op, primitive);
  }

  void read(Call<Void> call, MessageBuffer into, int target, Region at) {
    operate(call, target, span -> new Reading(call, lane(target), span, into,
        Place.of(at, into, target, extents.size(target), extents.unit(target))));
  }

  <T extends Number> void fetch(Call<T> call, T value, int target, long displacement, Op op) {
    operate(call, target, span -> {
      Primitive primitive = Scalar.primitive(value);
      Reduction.check(op, primitive);
      long size = extents.size(target);
      long place = Place.byteOf(displacement, target, size, extents.unit(target));
      if (place > size - primitive.size()) {
        throw Place.outside(place, place + primitive.size(), target, size);
      }
      return new Fetching<>(call, lane(target), span, value, op, place);
    });
  }

  private void operate(Call<?> call, int target, Function<Epoch.Span, Operation<?>> factory) {
    checkRank(target);
    Epoch.Span span = epochFor(target).use();
    try {
      Operation<?> operation = factory.apply(span);
      operation.arm();
      submit(call, () -> operation.lane().add(operation));
    } catch (MpiException e) {
      span.note(e.in(call.procedure()));
      throw e;
    }
  }

  private Epoch epochFor(int target) {
    Epoch lock = lane(target).epoch();
    Epoch epoch = lock != null ? lock : phase;
    if (epoch == null) {
      throw new MpiException(ErrorClass.RMA_SYNC, "an operation on rank " + target
          + " needs a phase between two fences, or a lock on that rank");
    }
    return epoch;
  }

  void lock(Call<Void> call, int target, LockType type) {
    checkRank(target);
    if (extents.noLocks()) {
      throw new MpiException(ErrorClass.RMA_SYNC, "the window was made with no_locks");
    }
    Lane lane = lane(target);
    if (lane.epoch() != null) {
      throw new MpiException(ErrorClass.RMA_SYNC, "this rank has locked rank " + target + " already");
    }
    if (phase != null && phase.isUsed()) {
      throw new MpiException(ErrorClass.RMA_SYNC, "operations were issued since the last fence: fence before a lock");
    }
    phase = null;
    Epoch epoch = new Epoch();
    lane.setEpoch(epoch);
    LockStep step = new LockStep(call, lane, epoch, type);
    step.arm();
    submit(call, () -> lane.add(step));
  }

  void unlock(Call<Void> call, int target) {
    Lane lane = locked(target);
    UnlockStep step = new UnlockStep(call, lane, lane.epoch());
    lane.setEpoch(null);
    submit(null, () -> lane.add(step));
  }

  void flush(Call<Void> call, int target) {
    Lane lane = locked(target);
    FlushStep step = new FlushStep(call, lane, lane.epoch().flush());
    submit(call, () -> lane.add(step));
  }

  private Lane locked(int target) {
    checkRank(target);
    Lane lane = lane(target);
    if (lane.epoch() == null) {
      throw new MpiException(ErrorClass.RMA_SYNC, "this rank has not locked rank " + target);
    }
    return lane;
  }

  private void checkRank(int target) {
    if (target < 0 || target >= members.size()) {
      throw new MpiException(ErrorClass.RANK, "target must be 0 to " + (members.size() - 1) + ", but is " + target);
    }
  }

  void fence(Call<Void> call, Set<FenceAssert> asserts) {
    MpiException misuse = lockedNow().orElse(null);
    if (misuse == null && asserts.contains(FenceAssert.NOPRECEDE) && phase != null && phase.isUsed()) {
      misuse = new MpiException(ErrorClass.ASSERT, "NOPRECEDE promises no operations, but some were issued");
    }
    if (misuse != null) {
      refuse(call, Meeting.Sort.FENCE, misuse);
      return;
    }
    Epoch closing = phase == null ? new Epoch() : phase;
    phase = asserts.contains(FenceAssert.NOSUCCEED) ? null : new Epoch();
    meet(Meeting.Sort.FENCE, closing::failure, verdict -> settle(call, closing.failure(), verdict));
  }

  /**
   * Meets the others for the last time.
   *
   * @param call of the user
   * @param done gets the failure, null where there is none; not called where the window stays
   */
  void free(Call<Void> call, Consumer<MpiException> done) {
    MpiException misuse = lockedNow().orElse(null);
    if (misuse == null && phase != null && phase.isUsed()) {
      misuse = new MpiException(ErrorClass.RMA_SYNC, "operations were issued since the last fence: fence before free");
    }
    if (misuse != null) {
      refuse(call, Meeting.Sort.FREE, misuse);
      return;
    }
    meet(Meeting.Sort.FREE, () -> null, verdict -> {
      if (verdict.isGood()) {
        done.accept(null);
      } else if (verdict.cause() == ErrorClass.PROC_FAILED) {
        done.accept(verdict.toException());
      } else {
        call.fail(verdict.toException());
      }
    });
  }

  private Optional<MpiException> lockedNow() {
    return lanes.values().stream().filter(lane -> lane.epoch() != null).findFirst()
        .map(lane -> new MpiException(ErrorClass.RMA_SYNC, "this rank holds or waits for the lock of rank "
            + lane.target() + ": unlock it first"));
  }

  /** Fails here at once, and tells the others in the meeting that they take this call for. */
  private void refuse(Call<Void> call, Meeting.Sort sort, MpiException misuse) {
    call.fail(misuse);
    submit(null, () -> meeting.enter(sort, Verdict.of(misuse, members.rank()), verdict -> { }));
  }

  private void meet(Meeting.Sort sort, Supplier<MpiException> failure, Consumer<Verdict> done) {
    submit(null, () -> {
      fencing = true;
      whenIdle(() -> meeting.enter(sort, Verdict.of(failure.get(), members.rank()), verdict -> {
        done.accept(verdict);
        fencing = false;
        goOn();
      }));
    });
  }

  private static void settle(Call<Void> call, MpiException own, Verdict verdict) {
    if (own != null) {
      call.fail(own);
    } else if (!verdict.isGood()) {
      call.fail(verdict.toException());
    } else {
      call.complete(null);
    }
  }

  /** Runs an action now, or when the fence under way is over; not where the call has been settled until then. */
  private void submit(Call<?> call, Runnable action) {
    Runnable unlessSettled = () -> {
      if (call == null || !call.isSettled()) {
        action.run();
      }
    };
    if (fencing) {
      held.add(unlessSettled);
    } else {
      unlessSettled.run();
    }
  }

  private void goOn() {
    if (goingOn) {
      return;
    }
    goingOn = true;
    while (!fencing && !held.isEmpty()) {
      held.remove().run();
    }
    goingOn = false;
  }

  private void whenIdle(Runnable action) {
    List<Lane> all = new ArrayList<>(lanes.values());
    int[] busy = {all.size()};
    if (all.isEmpty()) {
      action.run();
    }
    for (Lane lane : all) {
      lane.whenIdle(() -> {
        if (--busy[0] == 0) {
          action.run();
        }
      });
    }
  }

  /** A rank is gone. */
  void depart(int target, MpiException why) {
    gone.put(target, why);
    if (lanes.containsKey(target)) {
      lanes.get(target).breakDown(why);
    }
    meeting.depart(target);
  }
}
