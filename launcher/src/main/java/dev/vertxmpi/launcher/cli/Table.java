package dev.vertxmpi.launcher.cli;

import java.util.List;

/** Text in columns. */
final class Table {

  private static final int GAP = 2;

  private Table() {
  }

  /** Rows of equal length as lines; control characters, which may come from other processes, are replaced. */
  static String of(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i).replaceAll("\\p{Cntrl}", "?");
        line.append(cell).repeat(' ', widths[i] + GAP - cell.length());
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
