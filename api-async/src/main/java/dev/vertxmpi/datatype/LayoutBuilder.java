package dev.vertxmpi.datatype;

import dev.vertxmpi.datatype.Layout.Chain;
import dev.vertxmpi.datatype.Layout.Repeat;
import dev.vertxmpi.datatype.Layout.Strip;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts layouts one after another, in the order of the type map, and merges neighbours: blocks that touch become one
 * block, blocks at regular distances one strip, the same chain at regular distances one repeat.
 */
final class LayoutBuilder {

  private final List<Layout> parts = new ArrayList<>();

  void add(Layout part) {
    if (part.size() == 0) {
      return;
    }
    switch (part) {
      case Strip strip -> addStrip(strip);
      case Repeat repeat -> addRepeat(repeat);
    }
  }

  /** Adds all strips of a layout, without its tree. */
  void addFlat(Layout layout, long displacement) {
    switch (layout) {
      case Strip strip -> add(strip.at(displacement));
      case Repeat repeat -> {
        Chain body = repeat.body();
        for (long i = 0; i < repeat.count(); i++) {
          for (int part = 0; part < body.length(); part++) {
            addFlat(body.part(part), displacement + repeat.offset() + i * repeat.stride());
          }
        }
      }
    }
  }

  Layout build() {
    return switch (parts.size()) {
      case 0 -> Layout.EMPTY;
      case 1 -> parts.getFirst();
      default -> new Repeat(0, 1, 0, new Chain(parts.toArray(Layout[]::new)));
    };
  }

  /** What was added, where all of it was strips. */
  List<Run> runs() {
    return parts.stream().map(part -> ((Strip) part).toRun()).toList();
  }

  private void addStrip(Strip next) {
    if (!parts.isEmpty() && parts.getLast() instanceof Strip last && last.primitive() == next.primitive()
        && last.last() + last.blockBytes() == next.offset()) {
      join(last, next);
    } else {
      addApart(next);
    }
  }

  /** The first block of the next strip touches the last block of the last one: they become one block. */
  private void join(Strip last, Strip next) {
    parts.removeLast();
    if (last.count() > 1) {
      parts.add(last.blocks(0, last.count() - 1));
    }
    addApart(Strip.block(last.last(), last.primitive(), Math.addExact(last.length(), next.length())));
    if (next.count() > 1) {
      addApart(next.blocks(1, next.count() - 1));
    }
  }

  /** Adds a strip that touches nothing; it may continue the last one at a regular distance. */
  private void addApart(Strip next) {
    if (!parts.isEmpty() && parts.getLast() instanceof Strip last && last.primitive() == next.primitive()
        && last.length() == next.length()) {
      long distance = Math.subtractExact(next.offset(), last.last());
      if ((last.count() == 1 || last.stride() == distance) && (next.count() == 1 || next.stride() == distance)) {
        parts.set(parts.size() - 1, new Strip(last.offset(), last.primitive(), last.length(),
            Math.addExact(last.count(), next.count()), distance));
        return;
      }
    }
    parts.add(next);
  }

  private void addRepeat(Repeat next) {
    if (!parts.isEmpty() && parts.getLast() instanceof Repeat last && last.body().equals(next.body())
        && next.count() == 1) {
      long distance = Math.subtractExact(next.offset(), last.offset() + (last.count() - 1) * last.stride());
      if (last.count() == 1 || last.stride() == distance) {
        parts.set(parts.size() - 1, new Repeat(last.offset(), last.count() + 1, distance, last.body()));
        return;
      }
    }
    parts.add(next);
  }
}
