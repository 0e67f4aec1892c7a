package dev.vertxmpi.datatype;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Layout.Chain;
import dev.vertxmpi.datatype.Layout.Repeat;
import dev.vertxmpi.datatype.Layout.Strip;

/** Visits the blocks of a range of packed bytes: seeks by division and binary search, then goes on block by block. */
final class LayoutWalk {

  /** What a walk meets, in packed order. */
  interface Visitor {

    /** Bytes without gaps. */
    void block(long offset, long bytes);

    /** Whole blocks at regular distances. */
    default void blocks(long offset, long blockBytes, long count, long stride) {
      for (long i = 0; i < count; i++) {
        block(offset + i * stride, blockBytes);
      }
    }
  }

  private LayoutWalk() {
  }

  static void walk(Datatype type, long origin, long from, long length, Visitor visitor) {
    if (from < 0 || length < 0) {
      throw new MpiException(ErrorClass.ARG,
          "packed position and length must not be negative, but are " + from + " and " + length);
    }
    if (length == 0) {
      return;
    }
    if (type.size() == 0) {
      throw new MpiException(ErrorClass.ARG, "the datatype has no data, but " + length + " bytes are asked for");
    }
    checkReach(type, origin, from, length);
    if (type.layout().isDense() && type.extent() == type.size()) {
      visitor.block(origin + type.layout().low() + from, length);
      return;
    }
    if (type.layout() instanceof Strip strip && strip.count() == 1) {
      // Elements of one block, with gaps between them: a strip as long as the elements are many.
      walkStrip(origin + strip.offset(), strip.blockBytes(), type.extent(), from, length, visitor);
      return;
    }
    walkElements(type, origin, from, length, visitor);
  }

  private static void checkReach(Datatype type, long origin, long from, long length) {
    try {
      long last = (Math.addExact(from, length) - 1) / type.size();
      long span = Math.multiplyExact(last, type.extent());
      Math.addExact(Math.addExact(origin, span), type.layout().low());
      Math.addExact(Math.addExact(origin, span), type.layout().high());
      Math.addExact(origin, type.layout().low());
      Math.addExact(origin, type.layout().high());
    } catch (ArithmeticException e) {
      throw new MpiException(ErrorClass.ARG, "packed bytes " + from + " to " + from + " + " + length
          + " lie beyond 2^63 bytes", e);
    }
  }

  private static void walkElements(Datatype type, long origin, long from, long length, Visitor visitor) {
    long element = from / type.size();
    long position = from % type.size();
    long left = length;
    while (left > 0) {
      long part = Math.min(left, type.size() - position);
      walkLayout(type.layout(), origin + element * type.extent(), position, part, visitor);
      element++;
      position = 0;
      left -= part;
    }
  }

  private static void walkLayout(Layout layout, long base, long from, long length, Visitor visitor) {
    switch (layout) {
      case Strip strip ->
          walkStrip(base + strip.offset(), strip.blockBytes(), strip.stride(), from, length, visitor);
      case Repeat repeat -> walkRepeat(repeat, base, from, length, visitor);
    }
  }

  private static void walkRepeat(Repeat repeat, long base, long from, long length, Visitor visitor) {
    Chain body = repeat.body();
    long turn = from / body.size();
    long position = from % body.size();
    long left = length;
    while (left > 0) {
      long place = base + repeat.offset() + turn * repeat.stride();
      for (int i = body.find(position); i < body.length() && left > 0; i++) {
        long inPart = position - body.start(i);
        long part = Math.min(left, body.part(i).size() - inPart);
        walkLayout(body.part(i), place, inPart, part, visitor);
        position += part;
        left -= part;
      }
      turn++;
      position = 0;
    }
  }

  private static void walkStrip(long first, long blockBytes, long stride, long from, long length, Visitor visitor) {
    long position = from % blockBytes;
    long left = length;
    long place = first + from / blockBytes * stride;
    if (position > 0) {
      long part = Math.min(left, blockBytes - position);
      visitor.block(place + position, part);
      left -= part;
      place += stride;
    }
    long whole = left / blockBytes;
    if (whole > 0) {
      visitor.blocks(place, blockBytes, whole, stride);
      place += whole * stride;
      left -= whole * blockBytes;
    }
    if (left > 0) {
      visitor.block(place, left);
    }
  }
}
