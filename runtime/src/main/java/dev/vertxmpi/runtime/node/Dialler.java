package dev.vertxmpi.runtime.node;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.spi.link.Link;
import dev.vertxmpi.spi.link.LinkEndpoint;
import dev.vertxmpi.spi.link.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Tries the ways to a peer, best first.
 *
 * <p>Who does not answer on this host is stopped, not dead: its death would close its socket. So it is dialled again by
 * the same way for as long as anybody wants it.
 */
final class Dialler {

  private final NodeAddress self;
  private final Map<String, LinkEndpoint> endpoints;

  /** Dials from {@code self}; {@code endpoints} are its own, best first. */
  Dialler(NodeAddress self, Map<String, LinkEndpoint> endpoints) {
    this.self = self;
    this.endpoints = endpoints;
  }

  /**
   * Makes a link.
   *
   * @param peer whom to reach
   * @param wanted whether it is still wanted
   * @return fails with {@link ErrorClass#TIMEOUT} where a way had no answer or was refused in the middle, which proves
   *     little
   */
  Future<Link> link(NodeAddress peer, BooleanSupplier wanted) {
    return new Attempt<>(peer, wanted, endpoint -> endpoint.connect(self, peer)).begin();
  }

  /** Asks whether a peer is there, once by each way. */
  Future<Void> probe(NodeAddress peer) {
    return new Attempt<>(peer, () -> false, endpoint -> endpoint.probe(self, peer)).begin();
  }

  private final class Attempt<T> {

    private final NodeAddress peer;
    private final BooleanSupplier wanted;
    private final Function<LinkEndpoint, Future<T>> step;
    private final Iterator<Map.Entry<String, LinkEndpoint>> rest = endpoints.entrySet().iterator();
    private final List<String> failures = new ArrayList<>();
    private final Promise<T> promise = Promise.promise();
    private boolean unsure;

    Attempt(NodeAddress peer, BooleanSupplier wanted, Function<LinkEndpoint, Future<T>> step) {
      this.peer = peer;
      this.wanted = wanted;
      this.step = step;
    }

    Future<T> begin() {
      next();
      return promise.future();
    }

    private void next() {
      while (rest.hasNext()) {
        Map.Entry<String, LinkEndpoint> way = rest.next();
        if (way.getValue().reaches(peer)) {
          dial(way);
          return;
        }
      }
      String tried = failures.isEmpty() ? "any of the links " + endpoints.keySet() : String.join(", ", failures);
      promise.fail(new MpiException(unsure ? ErrorClass.TIMEOUT : ErrorClass.PROC_FAILED,
          "the node " + peer.id() + " cannot be reached by " + tried));
    }

    private void dial(Map.Entry<String, LinkEndpoint> way) {
      attempt(way.getValue()).onComplete(promise::complete, cause -> {
        MpiException why = MpiException.of(cause);
        boolean late = why.errorClass() == ErrorClass.TIMEOUT;
        if (late && way.getValue().seesDeath(peer) && wanted.getAsBoolean()) {
          dial(way);
        } else {
          unsure |= why.errorClass() != ErrorClass.PROC_FAILED;
          failures.add(way.getKey() + " (" + why.reason() + ")");
          next();
        }
      });
    }

    private Future<T> attempt(LinkEndpoint endpoint) {
      try {
        return step.apply(endpoint);
      } catch (RuntimeException e) {
        return Future.failedFuture(e);
      }
    }
  }
}
