package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.runtime.call.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** At rank 0, which decides: counts who has come, and tells all of them the same. */
final class Gathering extends Making {

  private final Map<ProcessId, Visitor> here = new LinkedHashMap<>();
  private boolean over;

  Gathering(Plan plan, Desk desk, Call<Intracommunicator> call) {
    super(plan, desk, call);
  }

  @Override
  void start() {
    decide();
  }

  /** Somebody has called. Who comes again has given up before, and its first call has its answer. */
  void arrive(Visitor visitor) {
    if (over) {
      return;
    }
    if (companions().rankOf(visitor.process()) <= 0) {
      desk().fail(visitor, new MpiException(ErrorClass.GROUP, "the process " + visitor.process()
          + " is not in the snapshot"));
      return;
    }
    here.put(visitor.process(), visitor);
    decide();
  }

  private void decide() {
    if (!over && here.size() == companions().size() - 1) {
      over = true;
      long number = desk().number();
      here.values().forEach(visitor -> desk().go(visitor, number));
      made(number);
    }
  }

  /** Somebody gives up, and so the others need not wait for the rest. */
  void leave(ProcessId process, MpiException why) {
    if (!over && here.containsKey(process)) {
      int rank = companions().rankOf(process);
      MpiException known = why.errorClass() == ErrorClass.TIMEOUT ? late("rank " + rank + " waits no longer")
          : why.ranks().isEmpty() ? why.ranks(List.of(rank)) : why;
      end(known, known);
    }
  }

  /** Somebody of the set is at a newer epoch. */
  void overtaken(ProcessId process, long epoch) {
    int rank = companions().rankOf(process);
    if (!over && rank > 0 && !here.containsKey(process)) {
      withdraw(new MpiException(ErrorClass.GROUP, "the snapshot is outdated: rank " + rank
          + " has called for the epoch " + epoch + " already, and will not come").ranks(List.of(rank)));
    }
  }

  @Override
  void withdraw(MpiException own, MpiException others) {
    if (over) {
      return;
    }
    if (own.errorClass() == ErrorClass.TIMEOUT) {
      MpiException late = late(own.reason());
      end(late, late);
    } else {
      end(own, others);
    }
  }

  @Override
  void abort(MpiException why) {
    withdraw(why, failed(0, "is gone: " + why.reason()));
  }

  private MpiException late(String why) {
    List<Integer> missing = new ArrayList<>();
    for (int of = 1; of < companions().size(); of++) {
      if (!here.containsKey(companions().process(of))) {
        missing.add(of);
      }
    }
    return new MpiException(ErrorClass.TIMEOUT, why + ", and these have not called for the communicator: "
        + missing.stream().map(of -> "rank " + of + " (" + companions().process(of) + ")")
            .collect(Collectors.joining(", "))).ranks(missing);
  }

  private void end(MpiException own, MpiException others) {
    over = true;
    here.values().forEach(visitor -> desk().fail(visitor, others));
    fail(own);
  }
}
