package dev.vertxmpi.launcher.cli;

import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.launcher.LauncherException;
import dev.vertxmpi.names.NameEvent;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PublishingKey;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vertx-mpi names}. */
@Command(name = "names",
    description = "Lists or watches the names of the global scope. The secrets in their ports are not shown.")
final class NamesCommand implements Callable<Integer> {

  @Option(names = "--name-server", paramLabel = "HOST:PORT", split = ",",
      description = "Whom to ask; may be repeated. Default: VERTX_MPI_NAME_SERVERS.")
  private List<String> servers = new ArrayList<>();

  @Option(names = "--json", description = "Print a JSON array; with --watch, a JSON object a line.")
  private boolean json;

  @Option(names = "--watch",
      description = "Print what is there, then every name that is published or vanishes, until stopped.")
  private boolean watch;

  @Override
  public Integer call() throws Exception {
    List<String> asked = servers.isEmpty() ? new MpiOptions().getNameServers() : servers;
    if (asked.isEmpty()) {
      throw new LauncherException("no name server is known: name one with --name-server or VERTX_MPI_NAME_SERVERS");
    }
    if (watch) {
      watch(asked);
    } else {
      print(ask(asked, NameService::list));
    }
    return 0;
  }

  private void watch(List<String> asked) throws Exception {
    CompletableFuture<Integer> stopped = new CompletableFuture<>();
    try (SignalTrap _ = SignalTrap.set(stopped::complete)) {
      ask(asked, service -> service.watch(this::print).compose(end -> Future.fromCompletionStage(stopped)));
    }
  }

  private static <T> T ask(List<String> asked, Function<NameService, Future<T>> question) throws Exception {
    PublishingKey key = new MpiOptions().getPublishingKey().orElse(null);
    Vertx vertx = Vertx.vertx();
    try {
      NameService service = NameServiceProvider.all().stream().map(provider -> provider.global(vertx, asked, key))
          .flatMap(Optional::stream).findFirst()
          .orElseThrow(() -> new LauncherException("no module on the class path reaches name servers"));
      try {
        return Foreground.await(question.apply(service));
      } finally {
        Foreground.await(service.close());
      }
    } finally {
      Foreground.await(vertx.close());
    }
  }

  private void print(NameEvent event) {
    String kind = event.kind().name().toLowerCase(Locale.ROOT);
    System.out.println(json ? new JsonObject().put("event", kind).mergeIn(toJson(event.entry())).encode()
        : kind + "  " + String.join("  ", cells(event.entry())));
    System.out.flush();
  }

  private void print(List<NameEntry> entries) {
    if (json) {
      System.out.println(new JsonArray(entries.stream().map(NamesCommand::toJson).toList()).encodePrettily());
      return;
    }
    if (entries.isEmpty()) {
      System.out.println("no names are published");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAME", "JOB", "RANK", "AT"));
    entries.forEach(entry -> rows.add(cells(entry)));
    System.out.print(Table.of(rows));
  }

  private static List<String> cells(NameEntry entry) {
    return List.of(entry.service(), entry.owner().job().toString(), Integer.toString(entry.owner().rank()),
        where(entry).entrySet().stream().map(at -> at.getKey() + "=" + at.getValue())
            .collect(Collectors.joining(" ")));
  }

  private static JsonObject toJson(NameEntry entry) {
    return new JsonObject().put("name", entry.service()).put("job", entry.owner().job().toString())
        .put("rank", entry.owner().rank()).put("incarnation", entry.owner().incarnation())
        .put("epoch", entry.epoch()).put("at", new JsonObject(new TreeMap<>(where(entry))));
  }

  private static Map<String, String> where(NameEntry entry) {
    try {
      return new TreeMap<>(Port.parse(entry.port()).address().endpoints());
    } catch (MpiException e) {
      // Who published it may run another version; the name is there all the same.
      return Map.of();
    }
  }
}
