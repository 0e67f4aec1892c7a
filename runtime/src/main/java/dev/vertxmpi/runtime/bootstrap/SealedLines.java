package dev.vertxmpi.runtime.bootstrap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lines of text between a launcher and a rank, over a socket. Each is sealed by the secret of the job, with the
 * challenges of both sides and its number, so that it cannot be made, changed, left out or said again by others.
 *
 * <pre>
 *   both     CHALLENGE \n          32 hexadecimal digits
 *   then     SEAL TEXT \n          64 hexadecimal digits, a space, text without a line's end
 * </pre>
 *
 * <p>Reading blocks; {@link #send} does not.
 */
final class SealedLines implements AutoCloseable {

  private static final int SEAL = 64;
  private static final int LONGEST_CHALLENGE = 64;

  private final Socket socket;
  private final byte[] key;
  private final boolean launcher;
  private final int longest;
  private final InputStream in;
  private final OutputStream out;
  private final String own;
  private final ExecutorService outbox;
  private String other;
  private long received;
  private long sent;

  /**
   * Nothing is said yet.
   *
   * @param socket connected; closed with this
   * @param key the secret of the job
   * @param launcher whether this is the launcher's side
   * @param longest text that is accepted, in bytes
   */
  SealedLines(Socket socket, byte[] key, boolean launcher, int longest) throws IOException {
    this(socket, key, launcher, longest, RendezvousProof.challenge());
  }

  SealedLines(Socket socket, byte[] key, boolean launcher, int longest, String challenge) throws IOException {
    this.socket = socket;
    this.own = challenge;
    this.key = key;
    this.launcher = launcher;
    this.longest = longest;
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    outbox = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("vertx-mpi roster writer").factory());
  }

  /**
   * Begins a thread that reads. It is none of the virtual ones: for those a thread of the JVM waits in the operating
   * system, and the end of a JVM waits 0.3 s for each such thread.
   */
  static void thread(String name, Runnable reading) {
    Thread.ofPlatform().daemon().name(name).start(reading);
  }

  /** Exchanges challenges; before anything else. */
  void greet() throws IOException {
    out.write((own + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    other = line(LONGEST_CHALLENGE);
    if (other == null) {
      throw new IOException("the connection was closed");
    }
  }

  /** The next text; null where the other side has closed. Fails where a line is not from whoever knows the secret. */
  String read() throws IOException {
    String line = line(SEAL + 1 + longest);
    if (line == null) {
      return null;
    }
    String text = line.substring(Math.min(line.length(), SEAL + 1));
    if (line.length() <= SEAL || !RendezvousProof.same(seal(!launcher, received++, text), line.substring(0, SEAL))) {
      throw new IOException("a line was not sealed by the secret of the job");
    }
    return text;
  }

  private String seal(boolean byLauncher, long number, String text) {
    return RendezvousProof.of(key, (byLauncher ? "launcher " : "rank ") + number, launcher ? own : other,
        launcher ? other : own, text);
  }

  private String line(int most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (bytes.size() >= most) {
        throw new IOException("a line is longer than " + most + " bytes");
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Says something after all that was said before. What cannot be said any more is lost with the connection. */
  void send(String text) {
    try {
      outbox.execute(() -> write(text));
    } catch (RejectedExecutionException e) {
      // Closed already, which whoever reads has seen.
      return;
    }
  }

  private void write(String text) {
    try {
      out.write((seal(launcher, sent++, text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      close();
    }
  }

  /** Limits how long {@link #greet} and {@link #read} wait, in milliseconds; 0 for ever. */
  void patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Ends it, from any thread; who reads is woken. */
  @Override
  public void close() {
    outbox.shutdownNow();
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger("dev.vertxmpi.runtime").log(System.Logger.Level.DEBUG, "while closing a line", e);
    }
  }
}
