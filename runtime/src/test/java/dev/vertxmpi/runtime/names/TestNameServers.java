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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Name servers for tests: {@code up.test:1} answers, {@code down.test:1} does not. Knows no others. */
public final class TestNameServers implements NameServiceProvider {

  public static final String UP = "up.test:1";
  public static final String DOWN = "down.test:1";

  @Override
  public Optional<NameService> local(Vertx vertx, String scope) {
    return Optional.empty();
  }

  @Override
  public Optional<NameService> global(Vertx vertx, List<String> servers) {
    return switch (servers.getFirst()) {
      case UP -> Optional.of(new InJvmNameService(vertx, UP));
      case DOWN -> Optional.of(new Unreachable());
      default -> Optional.empty();
    };
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
