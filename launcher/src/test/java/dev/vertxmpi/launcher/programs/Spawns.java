package dev.vertxmpi.launcher.programs;

import static io.vertx.core.Future.await;

import dev.vertxmpi.Intercommunicator;
import dev.vertxmpi.Mpi;
import dev.vertxmpi.MpiException;
import dev.vertxmpi.MpiOptions;
import dev.vertxmpi.Root;
import dev.vertxmpi.names.LookupOptions;
import dev.vertxmpi.names.NameOptions;
import dev.vertxmpi.names.PortOptions;
import dev.vertxmpi.process.SpawnOptions;
import java.util.List;
import java.util.Map;

/** Spawns processes: {@code Spawns MODE [FILE]}. */
public final class Spawns {

  private Spawns() {
  }

  static SpawnOptions child(String... arguments) {
    return SpawnOptions.mainClass(Spawned.class.getName()).setArguments(List.of(arguments))
        .setJvmOptions(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  }

  public static void main(String[] args) {
    Mpi mpi = await(Mpi.launch(new MpiOptions()));
    if (args[0].equals("names")) {
      await(mpi.openPort(new PortOptions()).compose(port ->
          mpi.publish("of the parent", port, new NameOptions())));
    }
    try {
      Intercommunicator children = await(mpi.world().spawnMultiple(programs(args), Root.rank(0)));
      System.out.println("spawned " + children.remoteSize());
      goOn(mpi, children, args[0]);
    } catch (MpiException e) {
      System.out.println("failed for " + e.ranks() + ": " + e.getMessage());
    }
    await(mpi.close());
  }

  private static List<SpawnOptions> programs(String[] args) {
    return switch (args[0]) {
      case "tell" -> List.of(child("tell").setProcesses(2), child("tell").setInfo(Map.of("wdir", args[1])));
      case "class" -> List.of(SpawnOptions.mainClass("no.such.Main"));
      case "command" -> List.of(SpawnOptions.command("no-such-command"));
      case "spawn", "names" -> List.of(child(args));
      default -> List.of(child(args).setProcesses(2));
    };
  }

  private static void goOn(Mpi mpi, Intercommunicator children, String mode) {
    switch (mode) {
      case "tell", "spawn" -> {
        for (int rank = 0; rank < children.remoteSize(); rank++) {
          System.out.println(await(children.recv(String.class, rank, 1)).body());
        }
      }
      case "wait" -> await(children.recv(String.class, 0, 1));
      case "names" -> {
        await(children.barrier());
        await(mpi.lookup("of the child", new LookupOptions()));
        System.out.println("found the child's name");
        await(children.barrier());
      }
      default -> { }
    }
    await(children.disconnect());
  }
}
