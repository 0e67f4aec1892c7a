package dev.vertxmpi.fileio;

import dev.vertxmpi.Communicator;
import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.Status;
import dev.vertxmpi.datatype.Packing;
import dev.vertxmpi.io.FileOptions;
import dev.vertxmpi.memory.MessageBuffer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * The few communicator methods that files need, between ranks of one JVM, as simple as can be. Files are tested on it
 * apart from the runtime, and with ranks that die on command.
 */
final class MemoryRanks {

  private record Key(String context, int from, int to, int tag) {
  }

  private record Waiting(MessageBuffer into, Promise<Status> promise, int from) {
  }

  private final Vertx vertx;
  private final int size;
  private final Map<Key, Queue<byte[]>> arrived = new HashMap<>();
  private final Map<Key, Queue<Waiting>> posted = new HashMap<>();
  private final Map<String, Gathering> gatherings = new HashMap<>();
  private final boolean[] dead;

  private static final class Gathering {
    private final List<Object> values = new ArrayList<>();
    private final List<Promise<List<Object>>> promises = new ArrayList<>();
    private int count;
  }

  MemoryRanks(Vertx vertx, int size) {
    this.vertx = vertx;
    this.size = size;
    this.dead = new boolean[size];
  }

  Intracommunicator world(int rank) {
    return communicator("world", rank);
  }

  /** From now on the rank answers nobody, and who waits for it learns that. */
  synchronized void kill(int rank) {
    dead[rank] = true;
    posted.forEach((key, queue) -> {
      if (key.from() == rank || key.to() == rank) {
        queue.forEach(waiting -> waiting.promise().tryFail(gone(rank)));
        queue.clear();
      }
    });
    gatherings.values().forEach(gathering -> gathering.promises.forEach(promise -> promise.tryFail(gone(rank))));
  }

  private static MpiException gone(int rank) {
    return new MpiException(ErrorClass.PROC_FAILED, "rank " + rank + " is gone").ranks(List.of(rank));
  }

  private Intracommunicator communicator(String context, int rank) {
    Endpoint endpoint = new Endpoint(context, rank);
    return (Intracommunicator) Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[] {Intracommunicator.class}, (proxy, method, args) -> endpoint.call(proxy, method, args));
  }

  /** A promise that settles on the context of whoever waits. */
  private <T> Promise<T> promise() {
    Context caller = vertx.getOrCreateContext();
    Promise<T> outer = Promise.promise();
    Promise<T> inner = Promise.promise();
    inner.future().onComplete(outcome -> caller.runOnContext(now -> {
      if (outcome.succeeded()) {
        outer.tryComplete(outcome.result());
      } else {
        outer.tryFail(outcome.cause());
      }
    }));
    futures.put(inner, outer.future());
    return inner;
  }

  private final Map<Promise<?>, Future<?>> futures = new HashMap<>();

  @SuppressWarnings("unchecked")
  private <T> Future<T> future(Promise<T> promise) {
    return (Future<T>) futures.remove(promise);
  }

  private final class Endpoint {

    private final String context;
    private final int rank;
    private int dups;
    private int gathered;

    Endpoint(String context, int rank) {
      this.context = context;
      this.rank = rank;
    }

    Object call(Object self, Method method, Object[] args) {
      synchronized (MemoryRanks.this) {
        return switch (method.getName()) {
          case "rank" -> rank;
          case "size" -> size;
          case "free" -> Future.succeededFuture();
          case "dup" -> Future.succeededFuture(communicator(context + "." + dups++, rank));
          case "open" -> new MpiFileProvider().open(vertx, (Intracommunicator) self, (Path) args[0],
              (FileOptions) args[1]);
          case "allgather" -> allgather(args[0]);
          case "send" -> send((MessageBuffer) args[0], (int) args[1], (int) args[2]);
          case "recv" -> recv((MessageBuffer) args[0], (int) args[1], (int) args[2]);
          default -> throw new UnsupportedOperationException(method.toString());
        };
      }
    }

    private Future<List<Object>> allgather(Object value) {
      String key = context + "#" + gathered++;
      Gathering gathering = gatherings.computeIfAbsent(key, k -> new Gathering());
      while (gathering.values.size() < size) {
        gathering.values.add(null);
      }
      gathering.values.set(rank, value);
      Promise<List<Object>> promise = promise();
      gathering.promises.add(promise);
      for (int other = 0; other < size; other++) {
        if (dead[other]) {
          promise.tryFail(gone(other));
        }
      }
      if (++gathering.count == size) {
        gathering.promises.forEach(each -> each.tryComplete(gathering.values));
        gatherings.remove(key);
      }
      return future(promise);
    }

    private Future<Void> send(MessageBuffer from, int to, int tag) {
      if (dead[rank] || dead[to]) {
        return Future.failedFuture(gone(to));
      }
      byte[] data = new byte[(int) from.bytes()];
      Packing.pack(from, 0, MemorySegment.ofArray(data));
      Key key = new Key(context, rank, to, tag);
      Queue<Waiting> waiting = posted.getOrDefault(key, new ArrayDeque<>());
      if (waiting.isEmpty()) {
        arrived.computeIfAbsent(key, k -> new ArrayDeque<>()).add(data);
      } else {
        deliver(data, waiting.poll());
      }
      Promise<Void> promise = promise();
      promise.complete();
      return future(promise);
    }

    private Future<Status> recv(MessageBuffer into, int from, int tag) {
      Key key = new Key(context, from, rank, tag);
      Promise<Status> promise = promise();
      Waiting waiting = new Waiting(into, promise, from);
      Queue<byte[]> there = arrived.getOrDefault(key, new ArrayDeque<>());
      if (!there.isEmpty()) {
        deliver(there.poll(), waiting);
      } else if (dead[from] || dead[rank]) {
        promise.fail(gone(from));
      } else {
        posted.computeIfAbsent(key, k -> new ArrayDeque<>()).add(waiting);
      }
      return future(promise);
    }

    private void deliver(byte[] data, Waiting waiting) {
      Packing.unpack(MemorySegment.ofArray(data), waiting.into(), 0);
      waiting.promise().tryComplete(new Status(waiting.from(), Communicator.ANY_TAG, data.length));
    }
  }
}
