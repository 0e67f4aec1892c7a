package dev.vertxmpi.runtime.faults;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Two hosts, as far as the network is concerned, and a cable between them. Needs the right to make network namespaces:
 * where that is missing, the test is skipped.
 *
 * <pre>
 *   this process  10.213.N.1 ====== vmpiN ~~ peer ====== 10.213.N.2  the namespace vertx-mpi-N
 * </pre>
 */
public final class Cable implements AutoCloseable {

  private static final int NUMBER = (int) (ProcessHandle.current().pid() % 250);
  private static final String SPACE = "vertx-mpi-" + NUMBER;
  private static final String NAME = "vmpi" + NUMBER;

  /** Address of this end. */
  public static final String HERE = "10.213." + NUMBER + ".1";
  /** Address of the other end. */
  public static final String THERE = "10.213." + NUMBER + ".2";
  /** Lays it. */
  public Cable() {
    Assumptions.assumeTrue(ip("netns add " + SPACE), "no right to make network namespaces");
    boolean made = Stream.of("link add " + NAME + " type veth peer name peer netns " + SPACE,
        "addr add " + HERE + "/24 dev " + NAME, "link set " + NAME + " up",
        "-n " + SPACE + " addr add " + THERE + "/24 dev peer", "-n " + SPACE + " link set peer up",
        "-n " + SPACE + " link set lo up").allMatch(Cable::ip);
    if (!made) {
      close();
    }
    Assumptions.assumeTrue(made, "no right to make network devices");
  }

  private static boolean ip(String arguments) {
    try {
      Process process = new ProcessBuilder(Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" "))).toList())
          .inheritIO().start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Goes before a command that is to run at the other end. */
  public List<String> atTheOtherEnd() {
    return List.of("ip", "netns", "exec", SPACE);
  }

  /** Cuts it. */
  public void cut() {
    ip("link set " + NAME + " down");
  }

  /** Mends it. */
  public void mend() {
    ip("link set " + NAME + " up");
  }

  @Override
  public void close() {
    ip("link del " + NAME);
    ip("netns del " + SPACE);
  }
}
