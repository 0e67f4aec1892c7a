package dev.vertxmpi.benchmarks.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What to compare with. */
final class PeerOptions {

  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--peer", paramLabel = "NAME", split = ",",
      description = "Compare with openmpi, mpich, or both of them (openmpi,mpich): a program in C, compiled with "
          + "mpicc.openmpi or mpicc.mpich. "
          + "Ours and the peers measure in turn.")
  private List<String> peers = new ArrayList<>();

  /** Those that are asked for, each once. */
  List<String> names() {
    List<String> named = new ArrayList<>();
    for (String peer : peers) {
      switch (peer) {
        case "openmpi", "mpich" -> named.add(peer);
        case "both" -> named.addAll(List.of("openmpi", "mpich"));
        default -> throw new ParameterException(command.commandLine(),
            "--peer must be openmpi, mpich or both, but is " + peer);
      }
    }
    return named.stream().distinct().toList();
  }
}
