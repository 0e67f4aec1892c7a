package dev.vertxmpi.fileio;

import dev.vertxmpi.MpiException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The data phase of a collective read or write, between the votes of its beginning and of its end.
 *
 * <pre>
 *   rank      votes: who has how much for whom
 *   |  |  |
 *   |  |  |   clients: one for each aggregator that owns some of the rank's data
 *    \ | /
 *     \|/     aggregators: the only ones to touch their stripes of the file
 *      |
 *   rank      votes: all well, or the same error everywhere
 * </pre>
 */
final class CollectiveAccess {

  private final List<Client> clients = new ArrayList<>();
  private Aggregator aggregator;

  /**
   * Makes what this rank needs to take part.
   *
   * @param part what this rank moves
   */
  CollectiveAccess(FileState file, FileCall<?> call, Transfer transfer, Part part, Votes votes, int sequence) {
    Exchange exchange = new Exchange(file.plan(), votes);
    Wire wire = new Wire(file.communicator(), sequence);
    int self = file.communicator().rank();
    int[] ranks = file.plan().stripes().ranks();
    for (int owner = 0; owner < ranks.length; owner++) {
      if (exchange.first(self, owner) != PieceLayout.NONE) {
        clients.add(new Client(file, call, transfer, part, exchange, wire, owner));
      }
      if (ranks[owner] == self && exchange.first(owner) != PieceLayout.NONE) {
        aggregator = transfer.writing()
            ? new WriteAggregator(file, exchange, wire, owner)
            : new ReadAggregator(file, exchange, wire, owner);
      }
    }
  }

  /** Settles when this rank has nothing more to do; never fails. */
  Future<Void> run() {
    List<Future<Void>> all = new ArrayList<>(clients.stream().map(Client::run).toList());
    if (aggregator != null) {
      all.add(aggregator.run());
    }
    return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
  }

  /** What went wrong at this rank; null where all went well. */
  MpiException failure() {
    return Stream.concat(clients.stream().map(Client::failure),
            Stream.ofNullable(aggregator).map(Aggregator::failure))
        .filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** How many bytes the file had for this rank, from the beginning of its part on. */
  long available(long bytes) {
    return clients.stream().mapToLong(Client::available).reduce(bytes, Math::min);
  }
}
