package dev.vertxmpi.runtime.foreign;

/** Slurm's list of nodes, such as {@code gpu[007-010,12],login1}. */
final class NodeList {

  private NodeList() {
  }

  /** The first node: where task 0 of a step runs, unless tasks are distributed by hand. */
  static String first(String list) {
    int end = list.length();
    int depth = 0;
    for (int i = 0; i < end; i++) {
      char c = list.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ',' && depth == 0) {
        end = i;
      }
    }
    // Several brackets: the first of each.
    return list.substring(0, end).replaceAll("\\[([^\\],-]*)[^\\]]*\\]", "$1");
  }
}
