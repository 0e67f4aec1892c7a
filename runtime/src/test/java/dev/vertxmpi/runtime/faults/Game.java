package dev.vertxmpi.runtime.faults;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.SendMode;
import dev.vertxmpi.memory.MemoryKind;
import dev.vertxmpi.memory.MessageBuffer;
import dev.vertxmpi.rma.LockType;
import dev.vertxmpi.rma.Region;
import dev.vertxmpi.rma.Window;
import dev.vertxmpi.rma.WindowOptions;
import io.vertx.core.Future;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Two processes do everything with each other, for ever, until one of them dies: messages of all lengths both ways,
 * collectives, windows, and things that wait for what never comes.
 */
final class Game {

  private static final int LONGEST = 600_000;
  private static final int WINDOW = 4096;

  private final Communicator comm;
  private final int peer;
  private final boolean first;
  private final long seed;
  private final Tally tally;

  private Game(Communicator comm, int peer, boolean first, long seed, Tally tally) {
    this.comm = comm;
    this.peer = peer;
    this.first = first;
    this.seed = seed;
    this.tally = tally;
  }

  /** The two ranks of a communicator play. Gives the window that they share. */
  static Future<Window> play(Intracommunicator pair, long seed, Tally tally) {
    Game game = new Game(pair, 1 - pair.rank(), pair.rank() == 0, seed, tally);
    game.begin();
    return tally.track(pair.window(WindowOptions.allocate(MemoryKind.HOST, WINDOW))).onSuccess(game::share);
  }

  /** The one rank at each side of a connection plays; the one at the server is the first. */
  static void play(Intercommunicator connection, boolean server, long seed, Tally tally) {
    new Game(connection, 0, server, seed, tally).begin();
  }

  private void begin() {
    loop(new Random(seed), this::collective);
    talk(first, 1, 20_000);
    talk(!first, 2, 20_000);
    talk(first, 3, LONGEST);
    talk(!first, 4, LONGEST);
    waitInVain();
  }

  private void loop(Random random, Function<Random, Future<?>> step) {
    tally.track(step.apply(random)).onSuccess(done -> loop(random, step));
  }

  /** One sends, the other receives, with the same numbers at both. */
  private void talk(boolean sends, int tag, int most) {
    Random sizes = new Random(seed * 10 + tag);
    loop(sizes, random -> {
      int length = random.nextInt(most);
      boolean exact = random.nextBoolean();
      SendMode mode = random.nextInt(4) == 0 ? SendMode.SYNCHRONOUS : SendMode.STANDARD;
      if (exact) {
        MessageBuffer buffer = MessageBuffer.of(new byte[length]);
        return sends ? comm.send(buffer, peer, tag, mode) : comm.recv(buffer, peer, tag);
      }
      return sends ? comm.send(new byte[length], peer, tag) : comm.recv(byte[].class, peer, tag);
    });
  }

  private Future<?> collective(Random random) {
    int count = random.nextInt(2000) + 1;
    int kind = random.nextInt(3);
    boolean fromFirst = random.nextBoolean();
    if (comm instanceof Intracommunicator) {
      return switch (kind) {
        case 0 -> comm.barrier();
        case 1 -> comm.allreduce(new int[count], Op.SUM);
        default -> comm.bcast(MessageBuffer.of(new int[count]), Root.rank(fromFirst ? 0 : 1));
      };
    }
    return kind == 0 ? comm.barrier() : comm.allreduce(new int[count], Op.SUM);
  }

  private void share(Window window) {
    loop(new Random(seed + comm.rank()), random -> {
      LockType type = random.nextBoolean() ? LockType.SHARED : LockType.EXCLUSIVE;
      int at = 8 * random.nextInt(WINDOW / 16);
      return window.locked(peer, type, epoch -> Future.join(
          tally.track(epoch.put(MessageBuffer.of(new byte[at]), peer, Region.at(at))),
          tally.track(epoch.get(MessageBuffer.of(new byte[WINDOW / 2]), peer, Region.at(0))),
          tally.track(epoch.fetchAndOp(1L, peer, at, Op.SUM))));
    });
  }

  private void waitInVain() {
    Supplier<MessageBuffer> some = () -> MessageBuffer.of(new byte[100]);
    tally.track(comm.recv(byte[].class, peer, 90));
    tally.track(comm.recv(some.get(), peer, 91));
    tally.track(comm.send(some.get(), peer, 92, SendMode.SYNCHRONOUS));
    tally.track(comm.send(new byte[LONGEST], peer, 93));
    tally.track(comm.keyed("only here " + comm.rank()).barrier());
  }
}
