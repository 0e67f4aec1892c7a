package dev.vertxmpi.benchmarks.run;

import dev.vertxmpi.launcher.LauncherException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The driver's end of the connections to the JVMs that are measured: a Unix socket in a folder that only its owner may
 * enter. Lines of JSON go out, and one comes back for each.
 */
final class Control implements AutoCloseable {

  private record Event(JsonObject line, String failure) {
  }

  private final ServerSocketChannel server;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Writer> writers = new ArrayList<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private boolean closed;

  private Control(ServerSocketChannel server) {
    this.server = server;
  }

  /** Listens. */
  static Control open(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Control control = new Control(server);
    Thread.ofVirtual().name("bench-accept").start(control::accept);
    return control;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
        synchronized (this) {
          channels.add(channel);
          writers.add(writer);
        }
        Thread.ofPlatform().daemon().name("bench-control").start(() -> read(channel));
      }
    } catch (IOException e) {
      fail("no further rank can connect: " + e);
    }
  }

  private void read(SocketChannel channel) {
    try (BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonObject json = new JsonObject(line);
        events.add(json.containsKey("error") ? new Event(null, json.getString("error")) : new Event(json, null));
      }
      fail("a rank has ended");
    } catch (IOException e) {
      fail("a rank has ended: " + e);
    }
  }

  /** Makes everything that waits for ranks fail. */
  void fail(String why) {
    events.add(new Event(null, why));
  }

  /** Waits for a line of each of several JVMs. */
  List<JsonObject> take(int number, Duration limit) throws InterruptedException {
    List<JsonObject> lines = new ArrayList<>();
    long end = System.nanoTime() + limit.toNanos();
    while (lines.size() < number) {
      Event event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new LauncherException("only " + lines.size() + " of " + number + " JVMs have answered within "
            + limit.toSeconds() + " s");
      }
      if (event.failure() != null) {
        throw new LauncherException(event.failure());
      }
      lines.add(event.line());
    }
    return lines;
  }

  /** Tells all of them, or the first alone, to do something. */
  void tell(JsonObject request, boolean all) throws IOException {
    List<Writer> to;
    synchronized (this) {
      to = all ? List.copyOf(writers) : List.of(writers.getFirst());
    }
    for (Writer writer : to) {
      writer.write(request.encode() + "\n");
      writer.flush();
    }
  }

  /** Hangs up: the ranks end. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      server.close();
      for (SocketChannel channel : channels) {
        channel.shutdownOutput();
      }
    }
  }
}
