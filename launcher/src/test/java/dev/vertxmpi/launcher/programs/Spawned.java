package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Op;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.PortOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A spawned rank: {@code Spawned MODE [FILE]}. */
public final class Spawned {

  private Spawned() {
  }

  public static void main(String[] args) throws Exception {
    String rank = System.getenv("VERTX_MPI_RANK");
    if (args[0].equals("exit") && rank.equals("1")) {
      System.exit(3);
    }
    if (args[0].equals("return")) {
      return;
    }
    if (args[0].equals("slow")) {
      System.out.println("process " + ProcessHandle.current().pid());
      new CountDownLatch(1).await();
    }
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    Intercommunicator parent = mpi.parent().orElseThrow();
    System.out.println("process " + ProcessHandle.current().pid());
    switch (args[0]) {
      case "tell" -> await(parent.send(mpi.rank() + "/" + mpi.size() + " program " + mpi.appNumber().orElseThrow()
          + " in " + Path.of("").toAbsolutePath().getFileName() + " sees " + secretsInSight(), 0, 1));
      case "wait" -> new CountDownLatch(1).await();
      case "alone" -> goOnAlone(mpi, parent, Path.of(args[1]));
      case "names" -> names(mpi, parent);
      case "spawn" -> spawn(mpi, parent);
      default -> throw new IllegalArgumentException(args[0]);
    }
    mpi.parent().ifPresent(still -> await(still.disconnect()));
    await(mpi.close());
  }

  /** How many secrets of a port stand where other users can read them, or where what this starts inherits them. */
  private static int secretsInSight() throws IOException {
    String seen = System.getenv() + Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
    return seen.split("key=", -1).length - 1;
  }

  private static void goOnAlone(Mpi mpi, Intercommunicator parent, Path go) throws Exception {
    await(parent.disconnect());
    while (!Files.exists(go)) {
      Thread.sleep(20);
    }
    int sum = await(mpi.world().allreduce(mpi.rank() + 1, Op.SUM));
    Files.writeString(go.resolveSibling("sum" + mpi.rank()), Integer.toString(sum));
  }

  private static void names(Mpi mpi, Intercommunicator parent) {
    await(mpi.lookup("of the parent", new LookupOptions()));
    await(mpi.openPort(new PortOptions()).compose(port -> mpi.publish("of the child", port, new NameOptions())));
    await(parent.barrier());
    await(parent.barrier());
  }

  private static void spawn(Mpi mpi, Intercommunicator parent) {
    Intercommunicator children = await(mpi.world().spawn(Spawns.child("tell"), Root.rank(0)));
    String said = await(children.recv(String.class, 0, 1)).body();
    await(children.disconnect());
    await(parent.send("child says " + said, 0, 1));
  }
}
