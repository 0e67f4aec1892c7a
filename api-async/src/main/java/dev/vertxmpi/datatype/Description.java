package dev.vertxmpi.datatype;

import dev.vertxmpi.datatype.Layout.Repeat;
import dev.vertxmpi.datatype.Layout.Strip;

/** Describes datatypes for people, in a line of bounded length. */
final class Description {

  private static final int MAX_PARTS = 4;
  private static final int MAX_DEPTH = 4;

  private Description() {
  }

  /** The primitive's name, or the blocks with their places, and the extent where it is not the plain one. */
  static String of(Datatype type) {
    StringBuilder text = new StringBuilder();
    append(text, type.layout(), 0);
    if (type.lowerBound() != 0) {
      text.append(" from ").append(type.lowerBound());
    }
    if (!type.isContiguous()) {
      text.append(" extent ").append(type.extent());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Layout layout, int depth) {
    switch (layout) {
      case Strip strip -> appendStrip(text, strip);
      case Repeat repeat -> appendRepeat(text, repeat, depth);
    }
  }

  private static void appendStrip(StringBuilder text, Strip strip) {
    if (strip.count() > 1) {
      text.append(strip.count()).append(" x ");
    }
    text.append(strip.primitive());
    if (strip.length() > 1) {
      text.append('[').append(strip.length()).append(']');
    }
    appendPlace(text, strip.offset(), strip.count(), strip.stride());
  }

  private static void appendRepeat(StringBuilder text, Repeat repeat, int depth) {
    if (repeat.count() > 1) {
      text.append(repeat.count()).append(" x ");
    }
    text.append('{');
    int shown = depth == MAX_DEPTH ? 0 : Math.min(MAX_PARTS, repeat.body().length());
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ");
      append(text, repeat.body().part(i), depth + 1);
    }
    if (shown < repeat.body().length()) {
      text.append(shown == 0 ? "" : ", ").append("... ").append(repeat.body().length() - shown).append(" more");
    }
    text.append('}');
    appendPlace(text, repeat.offset(), repeat.count(), repeat.stride());
  }

  private static void appendPlace(StringBuilder text, long offset, long count, long stride) {
    if (offset != 0) {
      text.append('@').append(offset);
    }
    if (count > 1) {
      text.append(" every ").append(stride);
    }
  }
}
