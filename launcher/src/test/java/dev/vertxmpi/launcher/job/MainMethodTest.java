package dev.vertxmpi.launcher.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vertxmpi.launcher.LauncherException;
import org.junit.jupiter.api.Test;

class MainMethodTest {

  private static String called;

  static final class Usual {
    private Usual() {
    }

    public static void main(String[] args) {
      called = "usual " + args.length;
    }
  }

  static class OfInstances {
    void main() {
      called = "instance";
    }
  }

  static final class Inherits extends OfInstances {
  }

  static final class Both {
    private Both() {
    }

    static void main() {
      called = "without";
    }

    static void main(String[] args) {
      called = "with";
    }
  }

  static final class Throws {
    static final IllegalStateException ERROR = new IllegalStateException("on purpose");

    private Throws() {
    }

    public static void main(String[] args) {
      throw ERROR;
    }
  }

  private static void run(Class<?> type) throws Throwable {
    MainMethod.of(type.getName()).invoke(new String[2]);
  }

  @Test
  void shouldFindWhatTheJavaCommandFinds() throws Throwable {
    run(Usual.class);
    assertEquals("usual 2", called);
    run(Inherits.class);
    assertEquals("instance", called);
    run(Both.class);
    assertEquals("with", called);
  }

  @Test
  void shouldThrowWhatMainThrows() {
    assertSame(Throws.ERROR, assertThrows(IllegalStateException.class, () -> run(Throws.class)));
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertTrue(assertThrows(LauncherException.class, () -> MainMethod.of("com.acme.Typo")).getMessage()
        .contains("com.acme.Typo"));
    assertTrue(assertThrows(LauncherException.class, () -> run(MainMethodTest.class)).getMessage()
        .contains("has no method main"));
  }
}
