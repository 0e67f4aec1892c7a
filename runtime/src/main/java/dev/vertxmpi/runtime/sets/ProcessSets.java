package dev.vertxmpi.runtime.sets;

import dev.vertxmpi.CallOptions;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.runtime.call.Calls;
import dev.vertxmpi.runtime.cluster.Clusters;
import dev.vertxmpi.runtime.codec.CodecRegistry;
import dev.vertxmpi.runtime.node.Departure;
import dev.vertxmpi.runtime.rank.Rank;
import dev.vertxmpi.spi.SetMember;
import dev.vertxmpi.spi.SetService;
import dev.vertxmpi.spi.SetServiceProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The process sets of a rank. Nothing is opened before the first. */
public final class ProcessSets {

  /** How long the store may take, unless the caller says otherwise. */
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_URI = 1024;
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.+", Pattern.DOTALL);

  private final Rank rank;
  private final CodecRegistry codecs;
  private final Calls calls;
  private final Map<String, Future<LocalSet>> open = new HashMap<>();
  private final Map<String, LocalSet> known = new HashMap<>();
  private Future<SetService> service;
  private Desk desk;
  private Runnable unwatch = () -> { };
  private boolean closed;

  /**
   * No sets yet.
   *
   * @param rank whose sets
   * @param codecs of its communicators
   */
  public ProcessSets(Rank rank, CodecRegistry codecs) {
    this.rank = rank;
    this.codecs = codecs;
    this.calls = new Calls(rank.domain(), rank.context());
  }

  Calls calls() {
    return calls;
  }

  Context context() {
    return rank.context();
  }

  <T> Future<T> begin(String procedure, CallOptions options, Supplier<Future<T>> body) {
    return calls.follow(procedure, options, STORE_TIMEOUT, body);
  }

  /**
   * See {@link dev.vertxmpi.Mpi#processSet}.
   *
   * @param uri names the set
   * @return the set, once its members are known
   */
  public Future<ProcessSet> processSet(String uri) {
    Objects.requireNonNull(uri, "uri");
    return begin("Mpi.processSet", new CallOptions(), () -> {
      check(uri);
      Future<LocalSet> set = open.get(uri);
      if (set == null || set.failed()) {
        set = store().compose(store -> rank.inDomain(() -> open(uri, store)));
        open.put(uri, set);
      }
      return set.map(ready -> new SetView(this, ready, new CallOptions()));
    });
  }

  private static void check(String uri) {
    if (uri.length() > MAX_URI || !URI.matcher(uri).matches()) {
      throw new MpiException(ErrorClass.ARG, "uri must be a scheme, :// and a name, such as svc://orders, with at most "
          + MAX_URI + " characters");
    }
    if (uri.regionMatches(true, 0, "mpi:", 0, 4)) {
      throw new MpiException(ErrorClass.ARG, "uri must not have the scheme mpi: its sets are world() and self()");
    }
  }

  private Future<SetService> store() {
    if (service == null || service.failed()) {
      service = Clusters.clustered(rank.vertx()).map(cluster -> cluster.compose(ProcessSets::provided))
          .orElseGet(() -> Future.succeededFuture(new InJvmSetService()));
    }
    return service;
  }

  /** Searched for on a worker thread: loading classes blocks. */
  private static Future<SetService> provided(Vertx vertx) {
    return vertx.executeBlocking(() -> SetServiceProvider.all().stream().map(provider -> provider.sets(vertx))
        .flatMap(Optional::stream).findFirst().orElseThrow(() -> new MpiException(ErrorClass.SERVICE,
            "nothing keeps process sets for this cluster: add vertx-mpi-name-service-hazelcast to the class or module"
                + " path")), false);
  }

  private Future<LocalSet> open(String uri, SetService store) {
    if (closed) {
      throw new MpiException(ErrorClass.GROUP, "the rank is closed");
    }
    if (desk == null) {
      desk = new Desk(rank, codecs, this::called);
      unwatch = rank.node().watch(gone -> rank.domain().execute(() -> onDeparture(gone)));
    }
    SetMember self = new SetMember(rank.id(), rank.node().address(), Invitation.to(rank.node()), "");
    LocalSet set = new LocalSet(rank, uri, store, desk, self);
    known.put(uri, set);
    return set.open().map(set).onFailure(never -> rank.domain().execute(() -> known.remove(uri, set)));
  }

  private long called(String uri) {
    LocalSet set = known.get(uri);
    return set == null ? 0 : set.called();
  }

  /** Who is dead for this node must go: no communicator could be made with it. Not where this node is the dead one. */
  private void onDeparture(Departure gone) {
    if (!closed && !gone.inOrder() && !gone.process().equals(rank.id()) && rank.node().verdict().isEmpty()) {
      List.copyOf(known.values()).forEach(set -> set.lost(gone.process()));
    }
  }

  Future<Void> close(LocalSet set) {
    if (known.remove(set.uri(), set)) {
      open.remove(set.uri());
    }
    return set.close(set.over());
  }

  /**
   * Leaves all sets, because the rank ends. Later calls fail.
   *
   * @param why becomes their failure
   * @return settles when others can see it, or the store does not answer
   */
  public Future<Void> close(MpiException why) {
    return rank.<Void>inDomain(() -> {
      closed = true;
      calls.close(why);
      unwatch.run();
      if (desk != null) {
        desk.close(why);
      }
      List<Future<Void>> left = new ArrayList<>();
      List.copyOf(known.values()).forEach(set -> left.add(set.close(why)));
      known.clear();
      Future<SetService> last = service;
      return Future.join(left).transform(done -> rank.inDomain(() -> {
        calls.withdrawAll(why);
        return last == null ? Future.<Void>succeededFuture()
            : last.transform(store -> store.succeeded() ? store.result().close() : Future.succeededFuture());
      }));
    });
  }

  /** What it holds, in numbers. */
  @Override
  public String toString() {
    return "ProcessSets[known=" + known.size() + ", desk=" + desk + "]";
  }
}
