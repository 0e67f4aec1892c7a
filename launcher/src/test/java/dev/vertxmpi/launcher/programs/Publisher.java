package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.Port;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.names.Scope;
import dev.vertxmpi.spi.NameEntry;
import dev.vertxmpi.spi.NameService;
import dev.vertxmpi.spi.NameServiceProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Publishes at name servers: {@code Publisher HOST SERVER,SERVER…}. Does what its standard input says:
 * {@code publish NAME…} publishes unique names, all at once, each through several clients, one of which must succeed;
 * {@code open NAME} opens a port, publishes it and accepts there; {@code list} lists the names and whose they are.
 */
public final class Publisher {

  /** Some of which reach all that they need at the one server, where that is cut off, and some do not. */
  private static final int CLIENTS = 8;

  private final List<NameService> clients = new ArrayList<>();
  private final Mpi mpi;

  private Publisher(List<String> servers, Mpi mpi) {
    for (int i = 0; i < CLIENTS; i++) {
      // Each Vertx has a client of its own.
      clients.add(NameServiceProvider.all().getFirst().global(Vertx.vertx(), servers).orElseThrow());
    }
    this.mpi = mpi;
  }

  public static void main(String[] args) throws IOException {
    Vertx vertx = Vertx.vertx();
    List<String> servers = List.of(args[1].split(","));
    Mpi mpi = await(Mpi.init(vertx, new MpiOptions().setHost(args[0]).setNameServers(servers)));
    Publisher publisher = new Publisher(servers, mpi);
    Future.join(publisher.clients.stream().map(NameService::list).toList()).await();
    System.out.println("ready");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      publisher.obey(List.of(line.split(" ")));
    }
    // Ends with its parent.
    Runtime.getRuntime().halt(0);
  }

  private void obey(List<String> order) {
    List<String> rest = order.subList(1, order.size());
    switch (order.getFirst()) {
      case "publish" -> rest.forEach(name -> say("publish " + name, publish(name)));
      case "open" -> say("open " + rest.getFirst(), () -> open(rest.getFirst()));
      default -> say("list", clients.getFirst().list().map(all ->
          String.join(",", all.stream().map(Publisher::text).toList())));
    }
  }

  private Future<?> publish(String name) {
    List<Future<Void>> all = clients.stream().map(client ->
        client.publish(name, "there", mpi.processId(), true)).toList();
    return Future.join(all).transform(done ->
        all.stream().filter(Future::succeeded).findFirst().orElse(all.getLast()));
  }

  private static String text(NameEntry entry) {
    return entry.service() + "=" + (entry.port().length() > 20 ? "port" : entry.port());
  }

  private String open(String name) {
    Port port = await(mpi.openPort(new PortOptions()));
    await(mpi.publish(name, port, new NameOptions().setScope(Scope.GLOBAL).setUnique(true)));
    mpi.world().acceptor(port)
        .exceptionHandler(failure -> System.out.println("told " + MpiException.of(failure).errorClass() + " "
            + MpiException.of(failure).reason()))
        .handler(client -> { });
    return port.name();
  }

  private static void say(String what, Callable<?> work) {
    try {
      System.out.println(what + ": " + work.call());
    } catch (Exception e) {
      System.out.println(what + " failed: " + MpiException.of(e).errorClass() + " " + MpiException.of(e).reason());
    }
  }

  private static void say(String what, Future<?> outcome) {
    outcome.onComplete(done -> say(what, () -> {
      if (done.failed()) {
        throw new MpiException(MpiException.of(done.cause()).errorClass(), MpiException.of(done.cause()).reason());
      }
      return done.result();
    }));
  }
}
