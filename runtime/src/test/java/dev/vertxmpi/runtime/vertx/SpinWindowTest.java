package dev.vertxmpi.runtime.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpinWindowTest {

  private static final long LONG = 1_000_000_000;

  private final SpinWindow window = new SpinWindow(Spin.DEFAULT);

  private void waste(int times, boolean crowded) {
    for (int i = 0; i < times; i++) {
      window.wasted(crowded);
    }
  }

  private int sleepsUntilOpen() {
    int sleeps = 0;
    while (window.nanos() == 0) {
      window.slept(LONG);
      sleeps++;
      assertTrue(sleeps < 1_000_000, "the window never opens again");
    }
    return sleeps;
  }

  @Test
  void shouldStayOpenWhileNobodyElseNeedsTheCore() {
    waste(1000, false);

    assertEquals(Spin.DEFAULT.nanos(), window.nanos());
    assertEquals(0, window.pauses());
  }

  @Test
  void shouldCloseWhereSpinsAreWastedAndOthersNeedTheCore() {
    waste(1000, true);

    assertEquals(0, window.nanos());
    assertTrue(window.pauses() > 0);
  }

  @Test
  void shouldTryAgainAfterSomeSleepsAndMoreRarelyEachTime() {
    while (window.nanos() > 0) {
      waste(1, true);
    }
    int first = sleepsUntilOpen();
    waste(1, true);
    int second = sleepsUntilOpen();

    assertTrue(first > 0);
    assertEquals(2 * first, second);
  }

  @Test
  void shouldForgetWhatWasWastedWhenASpinPays() {
    waste(1000, true);
    sleepsUntilOpen();
    window.found();
    window.slept(LONG);
    waste(3, true);

    assertEquals(Spin.DEFAULT.nanos(), window.nanos());
  }

  @Test
  void shouldStayClosedWhereSpinningIsOff() {
    assertEquals(0, new SpinWindow(Spin.OFF).nanos());
  }

  @Test
  void shouldWaitLongerTheMoreWasFoundButNotWithoutEnd() {
    window.found();
    long one = window.nanos();
    window.found();
    long two = window.nanos();
    for (int i = 0; i < 1000; i++) {
      window.found();
    }
    long many = window.nanos();

    assertEquals(2 * Spin.DEFAULT.nanos(), one);
    assertEquals(3 * Spin.DEFAULT.nanos(), two);
    assertEquals(40 * Spin.DEFAULT.nanos(), many);
  }

  @Test
  void shouldBeginWithAShortWaitAfterALongSleep() {
    window.found();
    window.slept(LONG);

    assertEquals(Spin.DEFAULT.nanos(), window.nanos());
  }

  @Test
  void shouldBeginWithAShortWaitWhereSomethingElseEndedTheSleep() {
    window.found();
    window.slept(-1);

    assertEquals(Spin.DEFAULT.nanos(), window.nanos());
  }

  @Test
  void shouldWaitLongerWhereWorkComesSoonAfterItFellAsleep() {
    window.found();
    window.slept(Spin.DEFAULT.nanos());

    assertEquals(3 * Spin.DEFAULT.nanos(), window.nanos());
  }
}
