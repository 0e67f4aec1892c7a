package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intracommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.process.ProcessSet;
import dev.vertxmpi.process.SetSnapshot;
import dev.vertxmpi.spi.ClusterProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A replica of a service, without a launcher: {@code Replica CLUSTER MEMBER URI}. Does what its standard input says:
 * {@code make N} makes a communicator once there are N replicas, {@code sum} calls an allreduce on it.
 */
public final class Replica {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(5);

  private Replica() {
  }

  public static void main(String[] args) throws Exception {
    var clustered = await(ClusterProvider.get().join(args[0], "127.0.0.1", 0, List.of(args[1])));
    Mpi mpi = await(Mpi.init(clustered.vertx(), new MpiOptions().setNameServers(List.of())));
    ProcessSet set = await(mpi.processSet(args[2]));
    await(set.join());
    System.out.println("joined as " + mpi.processId());
    obey(set);
    await(mpi.close());
    await(clustered.vertx().close());
  }

  private static void obey(ProcessSet set) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Intracommunicator comm = null;
    for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
      if (line.startsWith("make ")) {
        comm = await(set.communicator(whole(set, Integer.parseInt(line.substring(5)))));
        System.out.println("made " + comm.size());
      } else {
        sum(comm);
      }
    }
  }

  private static SetSnapshot whole(ProcessSet set, int size) {
    return Awaitility.await().atMost(LIMIT).pollInterval(POLL).until(set::snapshot, now -> now.size() == size);
  }

  private static void sum(Intracommunicator comm) {
    try {
      System.out.println("sum " + await(comm.allreduce(comm.rank() + 1, Op.SUM)));
    } catch (MpiException e) {
      System.out.println("failed with " + e.errorClass() + " " + e.ranks());
    }
  }
}
