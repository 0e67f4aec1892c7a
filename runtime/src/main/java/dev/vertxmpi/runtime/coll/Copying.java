package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.p2p.Cargo;
import dev.vertxmpi.runtime.p2p.Landing;
import java.util.function.BooleanSupplier;

/** Copies data in turns of a length that leaves the loop to others. */
final class Copying implements BooleanSupplier {

  /** What is done in one turn. */
  static final long TURN = 256 << 10;

  private final Cargo from;
  private final Landing into;
  private final long end;
  private long position;

  /** Copies packed bytes from a buffer to the same place of another. */
  Copying(MessageBuffer from, MessageBuffer into, long start, long end) {
    this(Cargo.of(from), Landing.into(into), start, end);
  }

  Copying(Cargo from, Landing into, long start, long end) {
    this.from = from;
    this.into = into;
    this.position = start;
    this.end = end;
  }

  @Override
  public boolean getAsBoolean() {
    long bytes = Math.min(TURN, end - position);
    if (bytes > 0) {
      into.write(position, from.piece(position, bytes));
      position += bytes;
    }
    return position == end;
  }
}
