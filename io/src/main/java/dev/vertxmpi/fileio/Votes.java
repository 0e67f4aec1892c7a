package dev.vertxmpi.fileio;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The votes of all ranks at one step. Every rank sees the same votes and comes to the same conclusion: an operation
 * fails at all ranks or at none.
 */
record Votes(int self, List<Vote> byRank) {

  /** Tells the others, and learns from them. Fails where ranks disagree about what they do, or one of them failed. */
  static Future<Votes> exchange(Intracommunicator communicator, Vote mine) {
    return communicator.<Buffer>allgather(mine.encode()).map(buffers -> {
      List<Vote> votes = new ArrayList<>();
      for (int rank = 0; rank < buffers.size(); rank++) {
        votes.add(rank == communicator.rank() ? mine : Vote.decode(buffers.get(rank), rank));
      }
      Votes all = new Votes(communicator.rank(), votes);
      all.check(mine);
      return all;
    });
  }

  private void check(Vote mine) {
    List<Integer> strangers = ranks(vote -> vote.operation() != mine.operation());
    if (!strangers.isEmpty()) {
      int other = strangers.getFirst();
      throw new MpiException(ErrorClass.COLLECTIVE_MISMATCH, "rank " + self + " calls "
          + mine.operation().procedure() + " where rank " + other + " calls "
          + byRank.get(other).operation().procedure()).ranks(strangers);
    }
    List<Integer> failed = ranks(vote -> vote.failure() != null);
    if (mine.failure() != null) {
      throw mine.failure();
    }
    if (!failed.isEmpty()) {
      MpiException first = byRank.get(failed.getFirst()).failure();
      throw new MpiException(first.errorClass(), "at rank " + failed.getFirst() + ": " + first.reason(), first)
          .ranks(failed);
    }
    List<Integer> malformed = ranks(vote -> vote.facts().length != mine.facts().length);
    if (!malformed.isEmpty()) {
      throw new MpiException(ErrorClass.INTERN, "ranks " + malformed + " sent votes of another length")
          .ranks(malformed);
    }
  }

  private List<Integer> ranks(Predicate<Vote> which) {
    return IntStream.range(0, byRank.size()).filter(rank -> which.test(byRank.get(rank))).boxed().toList();
  }

  int size() {
    return byRank.size();
  }

  /** A fact of a rank. */
  long fact(int rank, int index) {
    return byRank.get(rank).facts()[index];
  }

  /** The smallest value of a fact. */
  long min(int index) {
    return byRank.stream().mapToLong(vote -> vote.facts()[index]).min().orElseThrow();
  }

  /** The largest value of a fact. */
  long max(int index) {
    return byRank.stream().mapToLong(vote -> vote.facts()[index]).max().orElseThrow();
  }

  /** Fails where a fact is not the same at every rank. */
  void requireSame(int index, String name, LongFunction<String> show) {
    if (min(index) != max(index)) {
      throw new MpiException(ErrorClass.NOT_SAME, name + " must be the same at every rank, but is "
          + IntStream.range(0, size()).mapToObj(rank -> show.apply(fact(rank, index)) + " at rank " + rank)
              .limit(8).collect(Collectors.joining(", ")));
    }
  }
}
