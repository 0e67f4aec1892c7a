package dev.vertxmpi.runtime.rma;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.runtime.node.Node;
import dev.vertxmpi.runtime.rank.Members;
import dev.vertxmpi.spi.link.Envelope;
import dev.vertxmpi.spi.link.Frame;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Where all ranks of a window wait for one another, and hear whether one has failed: a dissemination barrier that
 * carries a verdict.
 *
 * <pre>
 *   round 0   each rank tells the next one              0 -> 1 -> 2 -> 3 -> 4 -> 0
 *   round 1   each rank tells the one two further on    0 -> 2 -> 4 -> 1 -> 3 -> 0
 *   round 2   ... four further on                       0 -> 4 -> 3 -> 2 -> 1 -> 0
 * </pre>
 *
 * <p>After log2(size) rounds each rank has heard of every other, directly or not. Where the one that a rank waits for
 * is gone, it goes on with a bad verdict: so all those hear of it that would have heard of the dead. A rank that has
 * said all it had to say may leave while others still meet. Meetings of a window follow one another in the order of the
 * calls. Confined to the domain of the origin.
 */
final class Meeting {

  /** The call that a rank is in. */
  enum Sort { FENCE, FREE }

  /** What this rank brings. */
  private record Entry(Sort sort, Verdict verdict, Consumer<Verdict> done) {
  }

  /** What a peer has said. */
  private record Word(long sort, Verdict verdict) {
  }

  private final Node node;
  private final Members members;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private final Set<Integer> gone = new HashSet<>();
  private final int rounds;
  private Map<Integer, Word> words = new HashMap<>();
  /** Of the next meeting: a peer may be one ahead, not more. */
  private Map<Integer, Word> early = new HashMap<>();
  private long number = 1;
  private int round;
  private boolean said;
  private Verdict verdict;

  Meeting(Node node, Members members) {
    this.node = node;
    this.members = members;
    this.rounds = Integer.SIZE - Integer.numberOfLeadingZeros(members.size() - 1);
  }

  /**
   * Meets the others.
   *
   * @param sort of the call
   * @param mine how it went here
   * @param done gets the verdict on all
   */
  void enter(Sort sort, Verdict mine, Consumer<Verdict> done) {
    entries.add(new Entry(sort, mine, done));
    if (entries.size() == 1) {
      begin();
    }
  }

  private void begin() {
    round = 0;
    said = false;
    verdict = entries.element().verdict();
    advance();
  }

  private void advance() {
    while (round < rounds) {
      if (!said) {
        said = true;
        say();
      }
      if (!hear()) {
        return;
      }
      said = false;
      round++;
    }
    words = early;
    early = new HashMap<>();
    number++;
    Entry entry = entries.remove();
    // What the entry's owner enters next begins by itself, unless others wait already.
    boolean more = !entries.isEmpty();
    entry.done().accept(verdict);
    if (more) {
      begin();
    }
  }

  private void say() {
    int to = (int) ((members.rank() + (1L << round)) % members.size());
    Envelope envelope = new Envelope(RmaFrames.MEET, (short) 0, RmaFrames.replies(members.context()), members.rank(),
        to, round, number, entries.element().sort().ordinal(), verdict.encode(), 0);
    node.send(members.process(to), Frame.of(envelope));
  }

  /** Whether the word of this round is there, or will never come. */
  private boolean hear() {
    int from = speaker(round);
    Word word = words.get(round);
    if (word != null) {
      verdict = verdict.and(word.verdict());
      if (word.sort() != entries.element().sort().ordinal()) {
        verdict = verdict.and(new Verdict(ErrorClass.COLLECTIVE_MISMATCH, members.rank()));
      }
      return true;
    }
    if (gone.contains(from)) {
      verdict = verdict.and(new Verdict(ErrorClass.PROC_FAILED, from));
      return true;
    }
    return false;
  }

  /** Whom this rank hears. */
  IntStream speakers() {
    return IntStream.range(0, rounds).map(this::speaker);
  }

  /** Whom this rank hears in a round. */
  private int speaker(int inRound) {
    return Math.floorMod(members.rank() - (1L << inRound), members.size());
  }

  /**
   * A peer says its word.
   *
   * @throws IllegalArgumentException where it does not have the word
   */
  void onFrame(Envelope envelope) {
    int of = envelope.tag();
    if (of < 0 || of >= rounds || envelope.source() != speaker(of)) {
      throw new IllegalArgumentException("rank " + envelope.source() + " has no word in round " + of);
    }
    Word word = new Word(envelope.check(), Verdict.decode(envelope.first(), members.size()));
    if (envelope.sequence() == number) {
      words.putIfAbsent(of, word);
    } else if (envelope.sequence() == number + 1) {
      early.putIfAbsent(of, word);
    } else {
      throw new IllegalArgumentException("a word for meeting " + envelope.sequence() + ", but this is " + number);
    }
    if (!entries.isEmpty()) {
      advance();
    }
  }

  /** A rank is gone: what it has said stays said. */
  void depart(int rank) {
    gone.add(rank);
    if (!entries.isEmpty()) {
      advance();
    }
  }
}
