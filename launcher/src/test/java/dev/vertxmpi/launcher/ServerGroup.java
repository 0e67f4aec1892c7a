package dev.vertxmpi.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Name servers that keep the same names, each a process of its own, some of them at the other end of a cable. */
final class ServerGroup implements AutoCloseable {

  private final Path temporary;
  private final List<String> addresses;
  private final Map<String, CommandProcess> servers = new LinkedHashMap<>();

  ServerGroup(Path temporary, List<String> addresses) {
    this.temporary = temporary;
    this.addresses = List.copyOf(addresses);
  }

  /** Starts one, behind a launcher such as that of another network namespace, and waits until it serves. */
  void start(String address, List<String> launcher) throws IOException {
    int colon = address.indexOf(':');
    List<String> args = new ArrayList<>(List.of("name-server", "--host", address.substring(0, colon), "--port",
        address.substring(colon + 1), "--peer",
        String.join(",", addresses.stream().filter(other -> !other.equals(address)).toList())));
    CommandProcess server = CommandProcess.java(temporary, Map.of(), launcher, VertxMpi.class,
        args.toArray(String[]::new));
    servers.put(address, server);
    server.awaitOut("name server at " + address, 1);
  }

  /** As {@code kill -9} does. */
  void kill(String address) {
    servers.get(address).handle().destroyForcibly();
  }

  @Override
  public void close() {
    servers.values().forEach(CommandProcess::close);
  }
}
