package dev.vertxmpi.runtime.coll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {

  private static final Fingerprint BARRIER = Fingerprint.of(CollectiveKind.BARRIER);
  private static final Fingerprint OTHER = Fingerprint.of(CollectiveKind.DUP);

  private final MemorySegment[] pages = {page(), page(), page()};
  private final Board[] boards = {board(0), board(1), board(2)};

  private static MemorySegment page() {
    MemorySegment page = MemorySegment.ofArray(new long[2]);
    Board.clear(page);
    return page;
  }

  private Board board(int rank) {
    MemorySegment[] others = pages.clone();
    others[rank] = null;
    return new Board(pages[rank], others);
  }

  private static List<Integer> sleepers(Board board) {
    List<Integer> ranks = new ArrayList<>();
    board.forSleepers(ranks::add);
    return ranks;
  }

  @Test
  void shouldBeCompleteForTheLastAndThenForAll() {
    assertFalse(boards[0].arrive(7, BARRIER));
    assertFalse(boards[1].arrive(7, BARRIER));
    assertFalse(boards[0].haveAllCome());
    assertTrue(boards[2].arrive(7, BARRIER));
    assertTrue(boards[0].haveAllCome());
    assertTrue(boards[1].haveAllCome());
  }

  @Test
  void shouldTakeWhoIsAheadForCome() {
    boards[0].arrive(7, BARRIER);
    boards[1].arrive(7, BARRIER);
    boards[2].arrive(7, BARRIER);
    boards[2].arrive(8, OTHER);
    assertTrue(boards[0].haveAllCome());
    assertFalse(boards[0].arrive(8, OTHER));
    assertTrue(boards[1].arrive(8, OTHER));
  }

  @Test
  void shouldNotTakeAnotherCallOrAnEarlierOne() {
    boards[0].arrive(7, BARRIER);
    boards[1].arrive(7, OTHER);
    assertFalse(boards[2].arrive(7, BARRIER));
    boards[1].arrive(6, BARRIER);
    assertFalse(boards[2].haveAllCome());
  }

  @Test
  void shouldNeverBeCompleteWithOneThatHasClosed() {
    boards[0].arrive(7, BARRIER);
    boards[1].close();
    assertFalse(boards[2].arrive(7, BARRIER));
    boards[0].arrive(8, BARRIER);
    assertFalse(boards[2].arrive(8, BARRIER));
  }

  @Test
  void shouldNameWhoSleepsForTheSame() {
    boards[0].arrive(7, BARRIER);
    boards[0].sleep();
    boards[1].arrive(6, BARRIER);
    boards[1].sleep();
    boards[2].arrive(7, BARRIER);
    assertEquals(List.of(0), sleepers(boards[2]));
    boards[0].wake();
    assertEquals(List.of(), sleepers(boards[2]));
  }
}
