package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.memory.Memory;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Future;
import java.lang.foreign.MemorySegment;

/**
 * What a rank does for its data at one aggregator.
 *
 * <pre>
 *   client                                   aggregator
 *     |--- piece (list, data if writing) ------->|   unasked, where the first window holds data of this client
 *     |<-- reply (data, if reading) -------------|
 *     |    ... until the window is done ...      |   writes the window
 *     |<-- request (begin of the next window) ---|   only while the client has more
 *     |--- piece ------------------------------->|
 * </pre>
 *
 * <p>A client that fails, or whose call is withdrawn, sends an empty piece in its turn, which says that it has no more.
 */
final class Client {

  private final FileState file;
  private final FileCall<?> call;
  private final boolean writing;
  private final MessageBuffer buffer;
  private final Part part;
  private final Exchange exchange;
  private final Wire wire;
  private final int owner;
  private final int rank;
  private final Walk walk;
  private final Memory piece;
  private final Memory reply;
  private boolean myTurn;
  private MpiException failure;
  /** First byte of the part that the file does not have. */
  private long missing;

  Client(FileState file, FileCall<?> call, Transfer transfer, Part part, Exchange exchange, Wire wire, int owner) {
    this.file = file;
    this.call = call;
    this.writing = transfer.writing();
    this.buffer = transfer.buffer();
    this.part = part;
    this.exchange = exchange;
    this.wire = wire;
    this.owner = owner;
    this.rank = file.plan().stripes().ranks()[owner];
    this.walk = new Walk(part, file.plan().stripes(), owner);
    this.piece = Scratch.allocate(exchange.piece(part.bytes()));
    this.reply = writing ? null : Scratch.allocate(piece.size());
    this.missing = part.bytes();
    long start = exchange.first(owner);
    this.myTurn = exchange.first(file.communicator().rank(), owner) < exchange.windowEnd(start);
    walk.window(start, exchange.windowEnd(start));
  }

  /** Settles when the aggregator has everything, or gave everything. */
  Future<Void> run() {
    return Steps.repeat(() -> myTurn ? turn() : awaitTurn())
        .recover(why -> {
          failure = failure == null ? MpiException.of(why) : failure;
          return Future.succeededFuture();
        })
        .onComplete(end -> {
          piece.close();
          if (reply != null) {
            reply.close();
          }
        });
  }

  /** Null where all went well. */
  MpiException failure() {
    return failure;
  }

  /** How many bytes of the part are there from its beginning on, as far as this aggregator knows. */
  long available() {
    return missing;
  }

  private Future<Boolean> awaitTurn() {
    return wire.receiveNumber(Wire.Kind.REQUEST, rank).map(start -> {
      if (start == PieceLayout.STOP) {
        return false;
      }
      walk.window(start, exchange.windowEnd(start));
      myTurn = true;
      return true;
    });
  }

  private Future<Boolean> turn() {
    return file.home().working(part.bytes(), this::fill)
        .recover(why -> Future.succeededFuture(giveUp(why)))
        .compose(bytes -> wire.send(Wire.Kind.PIECE, piece, bytes, rank))
        .compose(sent -> writing || failure != null ? Future.succeededFuture(true) : awaitReply())
        .map(served -> {
          myTurn = walk.more();
          return served && !ended();
        });
  }

  /** Whether the piece that was sent last said that there is no more. */
  private boolean ended() {
    MemorySegment sent = piece.segment();
    return sent.get(PieceLayout.LONG, PieceLayout.NEXT) == PieceLayout.NONE
        && sent.get(PieceLayout.INT, PieceLayout.MORE) == 0;
  }

  private long fill() throws Exception {
    if (failure != null) {
      throw failure;
    }
    MemorySegment message = piece.segment();
    long head = walk.fill(message, message.byteSize());
    if (!writing) {
      return head;
    }
    return call.using(() -> {
      long at = head;
      Ranges ranges = walk.ranges();
      for (int i = 0; i < ranges.count(); i++) {
        Packing.pack(buffer, ranges.from(i) - part.from(), message.asSlice(at, ranges.length(i)));
        at += ranges.length(i);
      }
      return at;
    });
  }

  /** Makes the piece an empty one. */
  private long giveUp(Throwable why) {
    failure = Errors.of(why, writing ? "write" : "read", file.path());
    MemorySegment message = piece.segment();
    message.set(PieceLayout.LONG, PieceLayout.NEXT, PieceLayout.NONE);
    message.set(PieceLayout.INT, PieceLayout.LIST_BYTES, 0);
    message.set(PieceLayout.INT, PieceLayout.MORE, 0);
    return PieceLayout.LIST;
  }

  private Future<Boolean> awaitReply() {
    return wire.receive(Wire.Kind.REPLY, reply, rank)
        .compose(bytes -> file.home().working(bytes, () -> scatter(reply.segment().asSlice(0, bytes))))
        .recover(why -> {
          failure = Errors.of(why, "read", file.path());
          return Future.succeededFuture(true);
        });
  }

  /** Puts what came where it belongs; false where the aggregator has failed. */
  private boolean scatter(MemorySegment message) throws Exception {
    if (message.byteSize() < PieceLayout.DATA) {
      throw RunList.malformed("a reply has " + message.byteSize() + " bytes");
    }
    long end = message.get(PieceLayout.LONG, PieceLayout.END_OF_FILE);
    if (end == PieceLayout.FAILED) {
      return false;
    }
    MemorySegment data = message.asSlice(PieceLayout.DATA);
    call.using(() -> data.byteSize() == walk.ranges().bytes() ? scatterAll(data) : scatterShort(data, end));
    return true;
  }

  private Void scatterAll(MemorySegment data) {
    long at = 0;
    Ranges ranges = walk.ranges();
    for (int i = 0; i < ranges.count(); i++) {
      Packing.unpack(data.asSlice(at, ranges.length(i)), buffer, ranges.from(i) - part.from());
      at += ranges.length(i);
    }
    return null;
  }

  /** The file ends within the piece: each run has only what lies before the end. */
  private Void scatterShort(MemorySegment data, long end) {
    Stripes stripes = file.plan().stripes();
    RunList list = new RunList(piece.segment(), 0, Long.MAX_VALUE);
    Ranges.Cursor places = walk.ranges().cursor();
    long at = 0;
    while (list.advance()) {
      long there = stripes.available(owner, list.local(), list.length(), end);
      if (there > data.byteSize() - at) {
        throw RunList.malformed("a reply has " + data.byteSize() + " bytes of data");
      }
      long position = places.take(list.length()) - part.from();
      if (there > 0) {
        Packing.unpack(data.asSlice(at, there), buffer, position);
        at += there;
      }
      if (there < list.length()) {
        missing = Math.min(missing, position + there);
      }
    }
    return null;
  }
}
