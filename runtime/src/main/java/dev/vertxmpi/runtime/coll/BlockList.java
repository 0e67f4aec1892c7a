package dev.vertxmpi.runtime.coll;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.memory.Blocks;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.runtime.call.Hold;
import dev.vertxmpi.runtime.p2p.Landing;

/** The blocks that exact gather and allgather fill, by rank. */
final class BlockList {

  private final MessageBuffer from;
  private final MessageBuffer[] blocks;
  private final int self;
  private final Hold hold;
  private MpiException wrong;

  /** Takes the blocks at the call, where they count. */
  BlockList(MessageBuffer from, Blocks into, Lane lane, boolean counts, Hold hold) {
    this.from = from;
    this.blocks = new MessageBuffer[counts ? lane.size() : 0];
    this.self = lane.route().isSelf(lane.route().self()) ? lane.route().self() : -1;
    this.hold = hold;
    try {
      for (int rank = 0; rank < blocks.length; rank++) {
        blocks[rank] = into.of(rank);
        hold.add(blocks[rank]);
      }
    } catch (MpiException e) {
      wrong = e;
    }
  }

  /** Says what was wrong at the call. */
  void check() {
    hold.check();
    if (wrong != null) {
      throw wrong;
    }
    if (self >= 0 && blocks.length > 0 && from.bytes() > blocks[self].bytes()) {
      throw new MpiException(ErrorClass.TRUNCATE, "the block of this rank has room for " + blocks[self].bytes()
          + " bytes, but " + from.bytes() + " go there");
    }
  }

  Landing landing(int rank) {
    return Landing.into(blocks[rank]);
  }

  /** Adds the copy of this rank's own block, where it is among those that count. */
  Schedule copyOwn(Schedule schedule) {
    return self >= 0 && blocks.length > 0
        ? schedule.turns(new Copying(from, blocks[self], 0, from.bytes()))
        : schedule;
  }
}
