package dev.vertxmpi.runtime.names;

import dev.vertxmpi.ErrorClass;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.process.ProcessId;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Name servers for tests: {@code up.test:1} answers, and loses what it is {@linkplain #lose told to};
 * {@code down.test:1} does not answer. Knows no others.
 */
public final class TestNameServers implements NameServiceProvider {

  public static final String UP = "up.test:1";
  public static final String DOWN = "down.test:1";

  private static final Set<Consumer<NameEntry>> LISTENERS = ConcurrentHashMap.newKeySet();

  /** Tells that an entry did not survive. */
  public static void lose(NameEntry entry) {
    LISTENERS.forEach(listener -> listener.accept(entry));
  }

  @Override
  public Optional<NameService> local(Vertx vertx, String scope) {
    return Optional.empty();
  }

  @Override
  public Optional<NameService> global(Vertx vertx, List<String> servers) {
    return switch (servers.getFirst()) {
      case UP -> Optional.of(up(new InJvmNameService(vertx, UP)));
      case DOWN -> Optional.of(new Unreachable());
      default -> Optional.empty();
    };
  }

  /** With a voice of its own: an {@link InJvmNameService} has nothing to tell. */
  private static NameService up(NameService names) {
    Set<Consumer<NameEntry>> own = ConcurrentHashMap.newKeySet();
    return (NameService) Proxy.newProxyInstance(NameService.class.getClassLoader(), new Class<?>[] {NameService.class},
        (proxy, method, args) -> {
          if (method.getName().equals("onLost")) {
            @SuppressWarnings("unchecked")
            Consumer<NameEntry> listener = (Consumer<NameEntry>) args[0];
            own.add(listener);
            LISTENERS.add(listener);
            return null;
          }
          if (method.getName().equals("close")) {
            LISTENERS.removeAll(own);
          }
          return method.invoke(names, args);
        });
  }

  private static final class Unreachable implements NameService {

    private static <T> Future<T> failed() {
      return Future.failedFuture(new MpiException(ErrorClass.SERVICE, "none of the name servers answers: " + DOWN));
    }

    @Override
    public Future<Void> publish(String service, String port, ProcessId owner, boolean unique) {
      return failed();
    }

    @Override
    public Future<Void> unpublish(String service, ProcessId owner) {
      return failed();
    }

    @Override
    public Future<Void> unpublishAll(ProcessId owner) {
      return failed();
    }

    @Override
    public Future<NameEntry> lookup(String service, Duration wait) {
      return failed();
    }

    @Override
    public Future<List<NameEntry>> list() {
      return failed();
    }

    @Override
    public Future<Runnable> watch(Consumer<NameEvent> listener) {
      return failed();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
