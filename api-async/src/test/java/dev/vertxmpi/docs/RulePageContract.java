package dev.vertxmpi.docs;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What keeps a page with tables of rules true. A subclass for each page, in the last module whose tests it names. */
public abstract class RulePageContract {

  private final int least;
  private final String file;
  private final String[] modules;

  /**
   * For a page.
   *
   * @param least how many tests it names at least
   * @param file within {@code docs}
   * @param modules whose tests it may name
   */
  protected RulePageContract(int least, String file, String... modules) {
    this.least = least;
    this.file = file;
    this.modules = modules.clone();
  }

  @Test
  void shouldNameOnlyTestsThatExist() throws IOException {
    RulePage.read(file, modules).assertNamesOnlyTestsThatExist(least);
  }

  @Test
  void shouldHaveATestForEveryRule() throws IOException {
    RulePage.read(file, modules).assertHasATestForEveryRule();
  }
}
